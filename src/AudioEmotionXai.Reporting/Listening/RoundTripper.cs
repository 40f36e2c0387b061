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
    private readonly LogMelExtractor _logMel;

    /// <summary>For one clip, whose length counts where the model hears any.</summary>
    public RoundTripper(AudioClassifier model, ListeningOptions options, AudioClip clip)
    {
        _model = model;
        _options = options;
        _frontEnd = FrontEndOf(model).ForClip(clip);
        _masks = new AudibleMask(_frontEnd.Options);
        _logMel = new LogMelExtractor(_frontEnd.Options);
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
        WrittenSound[] written = Write(samples, cancellationToken);
        Prediction[] predictions = _model.Predict(_model.ToInputs(Array.ConvertAll(written, sound => sound.Clip)), cancellationToken);
        for (int i = 0; i < predictions.Length; i++)
            predictions[i].ThrowIfNotFinite($"the sound '{(SoundKind)Math.Min(i, FirstRandom)}'");
        RoundTrip roundTrip = Measure(predictions, explained.Target.Index);
        int median = roundTrip.MedianDraw;
        return new AudibleExplanation
        {
            Explained = explained,
            Options = _options,
            ImportantMask = important,
            RandomMask = randoms[median],
            Sounds = Keep(written, predictions, [Whole, Important, WithoutImportant, FirstRandom + median]),
            Spans = new SpanFinder(grid, _frontEnd.Options, heard.Seconds).Find(part.Weights(explained.Map, explained.Meaning), chosen),
            RoundTrip = roundTrip,
            Gain = gain,
            Warnings = [.. explained.Warnings.Union([.. PreparedClip.WarningsFor(clip, heard.Seconds), .. WarningsFor(gain, explained)])],
        };
    }

    private IEnumerable<string> WarningsFor(double gain, Explanation explained)
    {
        if (_model.TakesSamples && explained.Method is { ShareBaseline: null })
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
        // Two threads are enough to halve the time, and leave a server's other cores alone
        ParallelOptions two = new() { MaxDegreeOfParallelism = 2, CancellationToken = cancellationToken };
        Parallel.For(Important, sounds.Length, two, sound => sounds[sound] = sound == Important
            ? Masked(heard, important, inside: 1, outside: _options.Remainder)
            : Masked(
                heard, sound == WithoutImportant ? important : randoms[sound - FirstRandom], inside: _options.Remainder, outside: 1));
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

    /// <summary>Writes sounds as files, and reads the files.</summary>
    private WrittenSound[] Write(float[][] samples, CancellationToken cancellationToken) => Array.ConvertAll(samples, sound =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        using MemoryStream file = new();
        WavWriter.Write(file, new AudioClip(sound, _frontEnd.Options.SampleRate));
        byte[] bytes = file.ToArray();
        return new WrittenSound(bytes, WavReader.Read(new MemoryStream(bytes), "the sound just written"));
    });

    private HeardSound[] Keep(WrittenSound[] written, Prediction[] predictions, int[] kept)
    {
        double whole = EnergyOf(written[Whole].Clip);
        return Array.ConvertAll(kept, sound =>
        {
            (byte[] file, AudioClip clip) = written[sound];
            return new HeardSound(
                (SoundKind)Math.Min(sound, FirstRandom), file, clip, predictions[sound], whole > 0 ? EnergyOf(clip) / whole : 0,
                _logMel.Extract(clip).Decibels);
        });
    }

    private static double EnergyOf(AudioClip clip) => Sums.OfSquares(clip.Samples.Span);

    private static RoundTrip Measure(Prediction[] predictions, int target)
    {
        double[] each = Array.ConvertAll(predictions, prediction => (double)prediction.Values.Span[target]);
        return new RoundTrip(
            each[Whole], each[Important], each[WithoutImportant], each[FirstRandom..], predictions[Important].Index == target);
    }

    /// <summary>A file's bytes, and what was read back from them.</summary>
    private readonly record struct WrittenSound(byte[] File, AudioClip Clip);
}
