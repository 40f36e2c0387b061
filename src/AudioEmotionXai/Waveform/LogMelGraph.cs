namespace AudioEmotionXai;

/// <summary>
/// A log-mel front end as ONNX operators: padding, windowed transform, power, mel filter bank, decibels with reference and floor, z-score.
/// Float32 throughout; within a thousandth of a decibel of <see cref="LogMelExtractor"/> where that is above the floor.
/// </summary>
/// <remarks>
/// Gradients are those of what is computed: cells that the floor or the smallest power holds have none, and the clip's loudest cell, which
/// others are measured against, gets what they lose. Where a spectrum is zero its power has the gradient zero.
/// </remarks>
internal sealed class LogMelGraph
{
    // Keeps the derivative of a root finite where a spectrum is zero; far below any smallest power that the front end tells apart
    private const double Tiny = 1e-30;

    private readonly FrontEndNodes _nodes;
    private readonly TransformPlan _plan;

    /// <summary>The graph of some constants.</summary>
    /// <param name="nodes">Receives the nodes.</param>
    /// <param name="options">The constants, with the length of the samples.</param>
    public LogMelGraph(FrontEndNodes nodes, LogMelOptions options)
    {
        options.Validate();
        _nodes = nodes;
        Options = options;
        _plan = new TransformPlan(options);
    }

    private LogMelOptions Options { get; }

    /// <summary>Mel energies (N, bins, frames) of samples (N, samples).</summary>
    public string Mel(string samples)
    {
        string padded = Padded(samples);
        string spectrum = Transform(Options.PreEmphasis == 0 ? padded : Emphasised(padded));
        string power = Power(Options.RemovesFrameMean ? WithoutMeans(spectrum, padded) : spectrum);
        return _nodes.Add("MatMul", "mel", [_nodes.Floats("filters", Filters(), Options.MelBins, _plan.Lines), power]);
    }

    /// <summary>The same in decibels, less the mean, by the deviation.</summary>
    public string Normalized(string samples, double mean, double deviation) => Scaled(Decibels(Mel(samples)), mean, deviation);

    /// <summary>The same in decibels.</summary>
    public string Decibels(string mel)
    {
        string audible = _nodes.Add("Max", "audible", [mel, _nodes.Scalar("smallest", Math.Max(Options.MinimumPower, Tiny))]);
        string level = _nodes.Add(
            "Mul", "level", [_nodes.Add("Log", "log", [audible]), _nodes.Scalar("decibels_per_log", 10 / Math.Log(10))]);
        if (Options.Reference == DecibelReference.One && Options.TopDecibels is null)
            return level;
        string loudest = _nodes.Reduce("ReduceMax", level, "loudest", [1, 2], keep: true);
        if (Options.Reference == DecibelReference.One)
            return _nodes.Add(
                "Max", "floored", [level, _nodes.Add("Sub", "floor", [loudest, _nodes.Scalar("range", Options.TopDecibels!.Value)])]);
        string relative = _nodes.Add("Sub", "relative", [level, loudest]);
        return Options.TopDecibels is { } range ? _nodes.Add("Max", "floored", [relative, _nodes.Scalar("floor", -range)]) : relative;
    }

    /// <summary>Values less the mean, by the deviation.</summary>
    public string Scaled(string values, double mean, double deviation)
    {
        string centred = _nodes.Add("Sub", "centred", [values, _nodes.Scalar("mean", mean)]);
        return _nodes.Add("Div", "normalized", [centred, _nodes.Scalar("deviation", deviation)]);
    }

    /// <summary>Just the samples that frames read: the clip, what surrounds it, without what no frame reaches.</summary>
    private string Padded(string samples)
    {
        int before = Options.Center ? Options.FrameLength / 2 : 0;
        int after = Length - before - Options.SampleCount;
        if (Options.Center && Options.Padding == SignalPadding.Reflect)
        {
            int mirrored = Math.Clamp(after, 0, before);
            samples = _nodes.Add(
                "Pad", "mirror", [samples, _nodes.Integers("mirror.pads", 0, before, 0, mirrored)], pad => pad.Set("mode", "reflect"));
            (before, after) = (0, after - mirrored);
        }

        return before == 0 && after == 0 ? samples : _nodes.Add("Pad", "pad", [samples, _nodes.Integers("pad.pads", 0, before, 0, after)]);
    }

    /// <summary>The samples from the first frame's first to the last one's last.</summary>
    private int Length => ((Options.FrameCount - 1) * Options.HopLength) + Options.FftSize;

    /// <summary>Every sample less a share of the one before. That the first of a frame should lose a share of itself is no matter: windows
    /// begin with 0.</summary>
    private string Emphasised(string signal)
    {
        string channel = _nodes.Reshape(signal, "signal", 0, 1, Length);
        string kernel = _nodes.Floats("emphasis.kernel", [(float)-Options.PreEmphasis, 1], 1, 1, 2);
        string emphasised = _nodes.Add(
            "Conv", "emphasis", [channel, kernel], node => node.Set("kernel_shape", [2L]).Set("pads", [1L, 0L]));
        return _nodes.Reshape(emphasised, "emphasised", 0, Length);
    }

    /// <summary>Takes off the transform of each frame's mean. What is left of a constant after emphasis is 1 - emphasis of it.</summary>
    private string WithoutMeans(string spectrum, string signal)
    {
        int size = Options.FrameLength;
        string channel = _nodes.Reshape(signal, "whole", 0, 1, Length);
        float[] kernel = new float[Options.FftSize];
        kernel.AsSpan(0, size).Fill((float)(1.0 / size));
        string means = _nodes.Add(
            "Conv", "means", [channel, _nodes.Floats("means.kernel", kernel, 1, 1, kernel.Length)],
            node => node.Set("kernel_shape", [(long)kernel.Length]).Set("strides", [(long)Options.HopLength]));
        string spread = _nodes.Reshape(means, "mean_of_frame", 0, 1, 1, 1, Options.FrameCount);
        float[] constant = Array.ConvertAll(_plan.Transform(Window()), x => (float)((1 - Options.PreEmphasis) * x));
        string shape = _nodes.Floats(
            "constant", constant, _plan.Phases == 1 ? [1, 1, 2, _plan.Halves, 1] : [1, _plan.Halves, 2, _plan.Phases, 1]);
        return _nodes.Add("Sub", "without_mean", [spectrum, _nodes.Add("Mul", "mean_spectrum", [spread, shape])]);
    }

    private double[] Window()
    {
        double[] window = new double[Options.FftSize];
        Stft.CreateWindow(Options.Window, Options.FrameLength).CopyTo(window, 0);
        return window;
    }

    /// <summary>The transform of every frame: (N, …, 2, …, frames), real and imaginary parts along an axis of two.</summary>
    private string Transform(string signal)
    {
        int length = Length;
        (long phases, long halves, long frames) = (_plan.Phases, _plan.Halves, Options.FrameCount);
        string dealt =
            phases == 1
                ? _nodes.Reshape(signal, "deal", 0, 1, length)
                : _nodes.Add(
                    "Transpose", "phases", [_nodes.Reshape(signal, "deal", 0, length / phases, phases)],
                    node => node.Set("perm", 0L, 2L, 1L));
        float[] kernels = _plan.PhaseKernels(Window());
        string part = _nodes.Add(
            "Conv", "transform", [dealt, _nodes.Floats("kernels", kernels, phases * 2 * halves, 1, _plan.Taps)],
            node => node.Set("kernel_shape", [_plan.Taps]).Set("strides", [Options.HopLength / phases]).Set("group", phases));
        if (phases == 1)
            return _nodes.Reshape(part, "spectrum", 0, 1, 2, halves, frames);
        string byPhase = _nodes.Reshape(part, "by_phase", 0, phases, 2, halves, frames);
        string byLine = _nodes.Add("Transpose", "by_line", [byPhase], node => node.Set("perm", 0L, 3L, 2L, 1L, 4L));
        string channels = _nodes.Reshape(byLine, "channels", 0, halves * 2 * phases, frames);
        string joined = _nodes.Add(
            "Conv", "join", [channels, _nodes.Floats("joining", _plan.JoiningKernels(), halves * 2 * phases, 2 * phases, 1)],
            node => node.Set("kernel_shape", [1L]).Set("group", halves));
        return _nodes.Reshape(joined, "spectrum", 0, halves, 2, phases, frames);
    }

    /// <summary>The power, or what other exponent of the magnitude is asked for, of every line: (N, lines, frames).</summary>
    private string Power(string spectrum)
    {
        string squares = _nodes.Reduce("ReduceSumSquare", spectrum, "squares", [2], keep: false);
        string power = _nodes.Reshape(squares, "power", 0, _plan.Lines, Options.FrameCount);
        if (Options.Power == 2)
            return power;
        string kept = _nodes.Add("Add", "kept", [power, _nodes.Scalar("tiny", Tiny)]);
        return _nodes.Add("Pow", "magnitude", [kept, _nodes.Scalar("exponent", Options.Power / 2)]);
    }

    /// <summary>The mel filter bank over the lines as the transform orders them: (bins, lines). Of lines that come twice the first
    /// counts.</summary>
    private float[] Filters()
    {
        MelFilterBank bank = new(Options);
        int[] places = new int[(Options.FftSize / 2) + 1];
        for (int place = _plan.Lines - 1; place >= 0; place--)
            places[_plan.LineOf(place)] = place;
        float[] filters = new float[bank.Bins * _plan.Lines];
        for (int bin = 0; bin < bank.Bins; bin++)
        {
            ReadOnlySpan<double> triangle = bank.Triangle(bin, out int first);
            for (int i = 0; i < triangle.Length; i++)
                filters[(bin * _plan.Lines) + places[first + i]] = (float)triangle[i];
        }

        return filters;
    }
}
