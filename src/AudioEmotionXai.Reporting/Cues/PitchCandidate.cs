namespace AudioEmotionXai.Reporting;

/// <summary>One dip of a frame's normalised difference: a period that the frame may have.</summary>
/// <param name="Lag">The period in samples, between two of them; 0 stands for "not voiced".</param>
/// <param name="Cost">How far the frame is from having it: the dip's depth, and a little for each octave below the highest pitch.</param>
internal readonly record struct PitchCandidate(double Lag, double Cost)
{
    public bool IsVoiced => Lag > 0;
}
