namespace AudioEmotionXai.Reporting;

/// <summary>How much each frame of a clip belongs to a part, 0 to 1. A frame reaches halfway to its neighbours, the outer ones to the
/// clip's ends.</summary>
internal sealed class PartFrames
{
    private readonly double[] _weights;
    private readonly TimeFrequencyAxes _axes;
    private readonly double _clipSeconds;

    public PartFrames(double[] weights, TimeFrequencyAxes axes, double clipSeconds) =>
        (_weights, _axes, _clipSeconds) = (weights, axes, clipSeconds);

    /// <summary>The frames of everything else.</summary>
    public PartFrames Rest() => new(Array.ConvertAll(_weights, weight => 1 - weight), _axes, _clipSeconds);

    /// <summary>The weight at a time.</summary>
    public double At(double seconds)
    {
        double frame = Math.Floor(((seconds - _axes.FirstFrameSeconds) / _axes.SecondsPerFrame) + 0.5);
        return _weights[(int)Math.Clamp(frame, 0, _weights.Length - 1)];
    }

    /// <summary>The pieces of time in which the weight is a half or more.</summary>
    /// <param name="isRest">For the rest: the pieces in which it is more than a half, so that the two fill the clip.</param>
    public List<TimeStretch> Stretches(bool isRest)
    {
        List<TimeStretch> stretches = [];
        for (int frame = 0; frame < _weights.Length; frame++)
        {
            if (isRest ? _weights[frame] <= 0.5 : _weights[frame] < 0.5)
                continue;
            (double start, double end) = (EdgeBefore(frame), EdgeBefore(frame + 1));
            if (stretches.Count > 0 && stretches[^1].End == start)
                stretches[^1] = stretches[^1] with { End = end };
            else
                stretches.Add(new TimeStretch(start, end));
        }

        return stretches;
    }

    /// <summary>The mean time from 0 to 1, or null where nothing belongs to the part.</summary>
    public double? Position()
    {
        double sum = 0, moment = 0;
        for (int frame = 0; frame < _weights.Length; frame++)
        {
            (double start, double end) = (EdgeBefore(frame), EdgeBefore(frame + 1));
            sum += _weights[frame] * (end - start);
            moment += _weights[frame] * (end - start) * (start + end) / 2;
        }

        return sum > 0 ? Math.Clamp(moment / sum / _clipSeconds, 0, 1) : null;
    }

    private double EdgeBefore(int frame) => frame == 0 ? 0
        : frame == _weights.Length ? _clipSeconds
        : Math.Clamp(_axes.SecondsOf(frame - 0.5), 0, _clipSeconds);
}
