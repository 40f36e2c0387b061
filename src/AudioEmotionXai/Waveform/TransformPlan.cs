namespace AudioEmotionXai;

/// <summary>
/// How the windowed Fourier transform of every frame becomes two small products instead of one large: the samples are dealt into as many
/// phases as divide frame and hop, each phase is transformed by itself, and the phases are put together (Cooley and Tukey's first step).
/// </summary>
/// <remarks>
/// With N = phases x taps, n = phases·m + a and k = b + taps·c: X[k] = sum_a e^(-2πi ak/N) sum_m w[n] x[n] e^(-2πi mb/taps).
/// Samples are real, so b needs to run over the lower half alone; lines above N/2 stand for their mirror image,
/// whose power is the same. Sums of 64 terms in place of 2048 keep float32 close to the exact transform over more
/// than 100 dB, and cost a twentieth.
/// </remarks>
internal sealed class TransformPlan
{
    private readonly int _size;

    public TransformPlan(LogMelOptions options)
    {
        _size = options.FftSize;
        Phases = 1;
        for (int phases = 2; phases <= Math.Min(_size, options.HopLength); phases++)
            if (_size % phases == 0 && options.HopLength % phases == 0 && Cost(phases) < Cost(Phases))
                Phases = phases;
    }

    /// <summary>How many phases samples are dealt into; 1 where frame and hop have no common divisor.</summary>
    public int Phases { get; }

    /// <summary>The samples of a frame that fall on one phase.</summary>
    public int Taps => _size / Phases;

    /// <summary>The lines of one phase's transform that are needed.</summary>
    public int Halves => (Taps / 2) + 1;

    /// <summary>The lines that come out, in the order of <see cref="LineOf"/>.</summary>
    public int Lines => Halves * Phases;

    /// <summary>The frequency (0 to N/2) that the output at a place stands for; some frequencies come twice.</summary>
    /// <param name="place">0 to <see cref="Lines"/> - 1.</param>
    public int LineOf(int place)
    {
        int line = (place / Phases) + (Taps * (place % Phases));
        return Math.Min(line, _size - line);
    }

    /// <summary>The first product: for each phase the windowed transform of its taps. (phases x 2 x halves, 1, taps), real parts before
    /// imaginary ones.</summary>
    /// <param name="window">The taper, N values.</param>
    public float[] PhaseKernels(ReadOnlySpan<double> window)
    {
        float[] kernels = new float[Phases * 2 * Halves * Taps];
        for (int phase = 0; phase < Phases; phase++)
            for (int half = 0; half < Halves; half++)
                for (int tap = 0; tap < Taps; tap++)
                {
                    (double sine, double cosine) = Turn((long)half * tap, Taps);
                    double taper = window[(Phases * tap) + phase];
                    kernels[((((phase * 2) + 0) * Halves) + half) * Taps + tap] = (float)(taper * cosine);
                    kernels[((((phase * 2) + 1) * Halves) + half) * Taps + tap] = (float)(-taper * sine);
                }

        return kernels;
    }

    /// <summary>The second product: for each half line the sums over phases. (halves x 2 x phases, 2 x phases), real parts before imaginary
    /// ones.</summary>
    public float[] JoiningKernels()
    {
        int row = 2 * Phases;
        float[] kernels = new float[Halves * row * row];
        for (int half = 0; half < Halves; half++)
            for (int turn = 0; turn < Phases; turn++)
                for (int phase = 0; phase < Phases; phase++)
                {
                    (double sine, double cosine) = Turn((long)phase * (half + ((long)Taps * turn)), _size);
                    int real = ((half * row) + turn) * row, imaginary = ((half * row) + Phases + turn) * row;
                    kernels[real + phase] = kernels[imaginary + Phases + phase] = (float)cosine;
                    kernels[real + Phases + phase] = (float)sine;
                    kernels[imaginary + phase] = (float)-sine;
                }

        return kernels;
    }

    /// <summary>The exact transform of one frame in the order in which the graph has it: (halves, 2, phases), or (2, halves) of one phase;
    /// real parts before imaginary ones.</summary>
    public double[] Transform(ReadOnlySpan<double> frame)
    {
        double[] transform = new double[Halves * 2 * Phases];
        for (int half = 0; half < Halves; half++)
            for (int turn = 0; turn < Phases; turn++)
            {
                int real = Phases == 1 ? half : (half * 2 * Phases) + turn, imaginary = real + (Phases == 1 ? Halves : Phases);
                for (int n = 0; n < frame.Length; n++)
                {
                    (double sine, double cosine) = Turn((long)(half + (Taps * turn)) * n, _size);
                    transform[real] += frame[n] * cosine;
                    transform[imaginary] -= frame[n] * sine;
                }
            }

        return transform;
    }

    private static (double Sine, double Cosine) Turn(long steps, int circle) => Math.SinCos(2 * Math.PI * (steps % circle) / circle);

    private long Cost(int phases)
    {
        long halves = (_size / phases / 2) + 1;
        return (2L * _size * halves) + (phases == 1 ? 0 : 4L * phases * phases * halves);
    }
}
