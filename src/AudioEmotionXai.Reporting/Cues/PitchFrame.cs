namespace AudioEmotionXai.Reporting;

/// <summary>What was found at one time of a clip.</summary>
/// <param name="Seconds">The frame's centre.</param>
/// <param name="Hertz">The fundamental frequency; 0 where the frame is not voiced.</param>
/// <param name="IsSilent">Whether the frame is too quiet to count.</param>
internal readonly record struct PitchFrame(double Seconds, double Hertz, bool IsSilent)
{
    public bool IsVoiced => Hertz > 0;
}
