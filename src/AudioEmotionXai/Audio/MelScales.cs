namespace AudioEmotionXai;

/// <summary>Hertz to mel and back.</summary>
internal static class MelScales
{
    private const double HertzPerMel = 200.0 / 3;
    private const double LinearEnd = 1000;
    private const double LinearEndMel = LinearEnd / HertzPerMel;
    private static readonly double s_logStep = Math.Log(6.4) / 27;

    public static double ToMel(double hertz, MelScale scale) => scale switch
    {
        MelScale.Htk => 2595 * Math.Log10(1 + (hertz / 700)),
        _ when hertz >= LinearEnd => LinearEndMel + (Math.Log(hertz / LinearEnd) / s_logStep),
        _ => hertz / HertzPerMel,
    };

    public static double ToHertz(double mel, MelScale scale) => scale switch
    {
        MelScale.Htk => 700 * (Math.Pow(10, mel / 2595) - 1),
        _ when mel >= LinearEndMel => LinearEnd * Math.Exp(s_logStep * (mel - LinearEndMel)),
        _ => mel * HertzPerMel,
    };
}
