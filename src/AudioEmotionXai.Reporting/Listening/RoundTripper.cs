using System.Numerics.Tensors;

namespace AudioEmotionXai.Reporting;

/// <summary>Makes the sounds of a map, writes them, reads them back, and asks the model.</summary>
internal sealed class RoundTripper
{
    private const float HighestPeak = 32767f / 32768f;
    private const int Whole = 0, Important = 1, WithoutImportant = 2, FirstRandom = 3;

    private readonly AudioClassifier _model;
    private readonly FrontEndContract _frontEnd;
    private readonly ListeningOptions _options;
    private readonly AudibleMask _masks;

    public RoundTripper(AudioClassifier model, ListeningOptions options)
    {
        _model = model;
        _options = options;
        _frontEnd = FrontEndOf(model);
        _masks = new AudibleMask(_frontEnd.Options);
    }

    /// <summary>The model's front end.</summary>
    /// <exception cref="ArgumentException">It carries none.</exception>
    public static FrontEndContract FrontEndOf(AudioClassifier model) =>
        model.FrontEnd
        ?? throw new ArgumentException(
            $"The model {model.Name} does not say how a recording becomes its input, so that nothing can be made audible.", nameof(model));

    public AudibleExplanation Run(AudioClip clip, Explanation explained, CancellationToken cancellationToken)
    {
        Check(explained);
        AudioClip heard = _masks.Heard(clip);
        if (heard.Samples.IsEmpty)
            throw new ArgumentException("The clip has no samples: there is nothing to hear.", nameof(clip));
        explained.Prediction.ThrowIfNotFinite("the clip");
        SoundingCells grid = SoundingCells.Of(_frontEnd.Options, heard.Samples.Length);
        ImportantPart part = new(_options, grid);
        bool[] chosen = part.Choose(explained.Map, explained.Meaning);
        TimeFrequencyMask important = grid.Fill(chosen);
        TimeFrequencyMask[] randoms = Array.ConvertAll(part.Controls(chosen), control => grid.Fill(control));
        float[][] samples = MakeSounds(heard, important, randoms, cancellationToken);
        double gain = TurnDown(samples);
        HeardSound[] sounds = Hear(samples, cancellationToken);
        RoundTrip roundTrip = Measure(sounds, explained.Target.Index);
        int median = MedianOf(roundTrip.WithoutRandom);
        return new AudibleExplanation
        {
            Explained = explained,
            Options = _options,
            ImportantMask = important,
            RandomMask = randoms[median],
            Sounds = [.. sounds[..FirstRandom], sounds[FirstRandom + median]],
            Spans = new SpanFinder(grid, _frontEnd.Options, heard.Seconds).Find(part.Weights(explained.Map, explained.Meaning), chosen),
            RoundTrip = roundTrip,
            Gain = gain,
            Warnings = [.. explained.Warnings.Union([.. PreparedClip.WarningsFor(clip, heard.Seconds), .. WarningsFor(gain, explained)])],
        };
    }

    private IEnumerable<string> WarningsFor(double gain, Explanation explained)
    {
        if (_model.TakesSamples && explained.Method is { } method && !WaveformRelevance.GivesShares(method))
            yield return "the method says how sensitive the score is to samples: the map tells when, and not at which frequency";
        if (gain < 1)
            yield return FormattableString.Invariant($"all sounds are turned down by {-20 * Math.Log10(gain):0.00} dB, so that none clips");
    }

    private void Check(Explanation explained)
    {
        LogMelOptions front = _frontEnd.Options;
        if (explained.Map.Bins != front.MelBins || explained.Map.Frames != front.FrameCount)
            throw new ArgumentException(
                $"The map is {explained.Map.Bins} bins x {explained.Map.Frames} frames; the model's front end gives {front.MelBins} x "
                    + $"{front.FrameCount}.",
                nameof(explained));
    }

    private float[][] MakeSounds(
        AudioClip heard, TimeFrequencyMask important, TimeFrequencyMask[] randoms, CancellationToken cancellationToken)
    {
        float[][] sounds = new float[FirstRandom + randoms.Length][];
        sounds[Whole] = heard.Samples.ToArray();
        sounds[Important] = Masked(heard, important, inside: 1, outside: _options.Remainder);
        sounds[WithoutImportant] = Masked(heard, important, inside: _options.Remainder, outside: 1);
        for (int draw = 0; draw < randoms.Length; draw++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            sounds[FirstRandom + draw] = Masked(heard, randoms[draw], inside: _options.Remainder, outside: 1);
        }

        return sounds;
    }

    private float[] Masked(AudioClip heard, TimeFrequencyMask part, float inside, float outside)
    {
        TimeFrequencyMap mask = new(part.Bins, part.Frames);
        for (int cell = 0; cell < mask.Count; cell++)
            mask.Span[cell] = part.Span[cell] ? inside : outside;
        return _masks.Apply(heard, mask).Samples.ToArray();
    }

    /// <summary>Turns all sounds down alike where the loudest peak would not fit into 16 bits.</summary>
    private static double TurnDown(float[][] sounds)
    {
        float peak = 0;
        foreach (float[] sound in sounds)
            if (sound.Length > 0)
                peak = Math.Max(peak, Math.Abs(TensorPrimitives.MaxMagnitude<float>(sound)));
        if (peak <= HighestPeak)
            return 1;
        float gain = HighestPeak / peak;
        foreach (float[] sound in sounds)
            TensorPrimitives.Multiply(sound, gain, sound);
        return gain;
    }

    private HeardSound[] Hear(float[][] samples, CancellationToken cancellationToken)
    {
        byte[][] files = new byte[samples.Length][];
        AudioClip[] clips = new AudioClip[samples.Length];
        TimeFrequencyMap[] decibels = new TimeFrequencyMap[samples.Length];
        for (int i = 0; i < samples.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            files[i] = Write(new AudioClip(samples[i], _frontEnd.Options.SampleRate));
            clips[i] = WavReader.Read(new MemoryStream(files[i]), "the sound just written");
            decibels[i] = _model.LogMel.Extract(clips[i], cancellationToken).Decibels;
        }

        Prediction[] predictions = _model.Predict(_model.ToInputs(clips), cancellationToken);
        for (int i = 0; i < predictions.Length; i++)
            predictions[i].ThrowIfNotFinite($"the sound '{(SoundKind)Math.Min(i, FirstRandom)}'");
        double whole = EnergyOf(clips[Whole]);
        return
        [
            .. clips.Select(
                (clip, i) =>
                    new HeardSound(
                        (SoundKind)Math.Min(i, FirstRandom), files[i], clip, predictions[i], whole > 0 ? EnergyOf(clip) / whole : 0,
                        decibels[i])),
        ];
    }

    private static byte[] Write(AudioClip clip)
    {
        using MemoryStream stream = new();
        WavWriter.Write(stream, clip);
        return stream.ToArray();
    }

    private static double EnergyOf(AudioClip clip) => Sums.OfSquares(clip.Samples.Span);

    private static RoundTrip Measure(HeardSound[] sounds, int target)
    {
        double Of(int sound) => sounds[sound].Prediction.Probabilities.Span[target];
        double[] randoms = [.. Enumerable.Range(FirstRandom, sounds.Length - FirstRandom).Select(Of)];
        return new RoundTrip(Of(Whole), Of(Important), Of(WithoutImportant), randoms, sounds[Important].Prediction.Index == target);
    }

    private static int MedianOf(IReadOnlyList<double> values) =>
        values.Index().OrderBy(draw => draw.Item).ThenBy(draw => draw.Index).ElementAt((values.Count - 1) / 2).Index;
}
