namespace AudioEmotionXai.Reporting.Tests;

public sealed class ColorMapTests
{
    private static readonly ColorMap[] Rising = [ColorMap.Spectrogram, ColorMap.Sequential];

    private static IEnumerable<TestCaseData> Layouts =>
    [
        new(ColorMap.Spectrogram, (double[][])[[0.12, 0.03, 290], [0.3325, 0.13, 298], [0.545, 0.18, 357], [0.7575, 0.14, 52], [0.97, 0.05, 102]]),
        new(ColorMap.Sequential, (double[][])[[0.20, 0.07, 290], [0.3825, 0.11, 268], [0.565, 0.10, 200], [0.7475, 0.15, 150], [0.93, 0.18, 105]]),
        new(ColorMap.Diverging, (double[][])[[0.36, 0.14, 262], [0.665, 0.13, 250], [0.97, 0, 0], [0.665, 0.17, 45], [0.36, 0.12, 30]]),
    ];

    [TestCaseSource(nameof(Layouts))]
    public void ATableIsItsLayoutInOklabToOneStep(object map, double[][] layout)
    {
        OkLab[] stops = [.. layout.Select(stop => OkLab.FromHue(stop[0], stop[1], stop[2]))];
        for (int i = 0; i < ColorMap.Size; i++)
        {
            double place = 4.0 * i / (ColorMap.Size - 1);
            int stop = Math.Min((int)place, 3);
            Rgb expected = OkLab.Lerp(stops[stop], stops[stop + 1], place - stop).ToRgb(), found = ((ColorMap)map).Table[i];
            int[] steps = [found.Red - expected.Red, found.Green - expected.Green, found.Blue - expected.Blue];
            Assert.That(steps, Has.All.InRange(-1, 1), $"entry {i}");
        }
    }

    [TestCaseSource(nameof(Rising))]
    public void LightnessRisesEvenlyAlongASequentialMap(object map)
    {
        double[] lightness = Lightness((ColorMap)map);
        double step = (lightness[^1] - lightness[0]) / (ColorMap.Size - 1);
        for (int i = 0; i < lightness.Length; i++)
            Assert.That(lightness[i], Is.EqualTo(lightness[0] + (i * step)).Within(0.01), $"entry {i}");
    }

    [Test]
    public void TheDivergingMapIsSymmetricInLightnessWithItsLightestColourAtZero()
    {
        double[] lightness = Lightness(ColorMap.Diverging);
        for (int i = 0; i < ColorMap.Size / 2; i++)
        {
            Assert.That(lightness[i], Is.EqualTo(lightness[ColorMap.Size - 1 - i]).Within(0.01), $"entry {i}");
            Assert.That(lightness[i], Is.LessThan(lightness[i + 1] + 0.004), $"entry {i}");
        }

        Rgb middle = ColorMap.Diverging.At(0.5);
        Assert.That(Math.Max(middle.Red, Math.Max(middle.Green, middle.Blue)) - Math.Min(middle.Red, Math.Min(middle.Green, middle.Blue)), Is.LessThanOrEqualTo(1));
    }

    [TestCase(ColorVision.Deuteranopia)]
    [TestCase(ColorVision.Protanopia)]
    [TestCase(ColorVision.Tritanopia)]
    public void BothEndsOfTheDivergingMapStayApartForColourBlindReaders(ColorVision vision)
    {
        OkLab low = OkLab.FromRgb(Simulate(ColorMap.Diverging.At(0.15), vision)), high = OkLab.FromRgb(Simulate(ColorMap.Diverging.At(0.85), vision));
        Assert.That(Math.Sqrt(Math.Pow(low.A - high.A, 2) + Math.Pow(low.B - high.B, 2)), Is.GreaterThan(0.1));
    }

    [TestCaseSource(nameof(Rising))]
    public void ASequentialMapStaysInOrderForColourBlindReaders(object map)
    {
        foreach (ColorVision vision in Enum.GetValues<ColorVision>())
            for (int i = 8; i < ColorMap.Size; i++)
                Assert.That(
                    OkLab.FromRgb(Simulate(((ColorMap)map).Table[i], vision)).Lightness,
                    Is.GreaterThan(OkLab.FromRgb(Simulate(((ColorMap)map).Table[i - 8], vision)).Lightness),
                    $"{vision}, entry {i}");
    }

    [Test]
    public void OklabThereAndBackGivesTheSameColour()
    {
        foreach (Rgb colour in (Rgb[])[new(0, 0, 0), new(255, 255, 255), new(200, 30, 90), new(10, 120, 240)])
            Assert.That(OkLab.FromRgb(colour).ToRgb(), Is.EqualTo(colour));
    }

    private static double[] Lightness(ColorMap map) => [.. map.Table.ToArray().Select(colour => OkLab.FromRgb(colour).Lightness)];

    // Machado, Oliveira, Fernandes, "A physiologically-based model for simulation of color vision deficiency", 2009: severity 1, on linear light.
    private static Rgb Simulate(Rgb colour, ColorVision vision)
    {
        double[] m = vision switch
        {
            ColorVision.Protanopia => [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
            ColorVision.Deuteranopia => [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
            _ => [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900],
        };
        double[] light = [Decode(colour.Red), Decode(colour.Green), Decode(colour.Blue)];
        return new Rgb(Row(0), Row(3), Row(6));

        byte Row(int at) => Encode((m[at] * light[0]) + (m[at + 1] * light[1]) + (m[at + 2] * light[2]));
    }

    private static double Decode(byte channel) => channel / 255.0 <= 0.04045 ? channel / 255.0 / 12.92 : Math.Pow(((channel / 255.0) + 0.055) / 1.055, 2.4);

    private static byte Encode(double light)
    {
        light = Math.Clamp(light, 0, 1);
        return (byte)Math.Round(255 * (light <= 0.0031308 ? 12.92 * light : (1.055 * Math.Pow(light, 1 / 2.4)) - 0.055));
    }

    public enum ColorVision
    {
        Protanopia,
        Deuteranopia,
        Tritanopia,
    }
}
