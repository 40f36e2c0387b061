namespace AudioEmotionXai;

/// <summary>The discrete Fourier transform of sizes that are products of small primes, such as 400, in one thread; instances hold
/// buffers.</summary>
/// <remarks>Stockham's order: one pass for each prime, results in order. W. T. Cochran et al. 1967, doi:10.1109/PROC.1967.5957.</remarks>
internal sealed class MixedRadixTransform
{
    // A pass costs the size times its prime
    private const int LargestPrime = 31;

    private readonly int _size;
    private readonly int[] _primes;
    private readonly double[] _cosines;
    private readonly double[] _sines;
    private double[] _otherReal;
    private double[] _otherImaginary;

    private MixedRadixTransform(int size, int[] primes)
    {
        _size = size;
        _primes = primes;
        (_cosines, _sines) = (new double[size], new double[size]);
        for (int i = 0; i < size; i++)
            (_sines[i], _cosines[i]) = Math.SinCos(-2 * Math.PI * i / size);
        (Real, Imaginary, _otherReal, _otherImaginary) = (new double[size], new double[size], new double[size], new double[size]);
    }

    /// <summary>The real parts, before and after <see cref="Run"/>, which swaps buffers: ask again.</summary>
    public double[] Real { get; private set; }

    /// <summary>The imaginary parts.</summary>
    public double[] Imaginary { get; private set; }

    /// <summary>The transform of a size; null where it has a large prime.</summary>
    public static MixedRadixTransform? TryCreate(int size)
    {
        List<int> primes = [];
        int rest = size;
        for (int prime = 2; prime <= LargestPrime; prime++)
            for (; rest % prime == 0; rest /= prime)
                primes.Add(prime);
        return rest == 1 ? new MixedRadixTransform(size, [.. primes]) : null;
    }

    /// <summary>Transforms the buffers.</summary>
    public void Run()
    {
        int length = _size, stride = 1;
        foreach (int prime in _primes)
        {
            Pass(prime, length / prime, stride);
            (Real, _otherReal) = (_otherReal, Real);
            (Imaginary, _otherImaginary) = (_otherImaginary, Imaginary);
            length /= prime;
            stride *= prime;
        }
    }

    /// <summary>Transforms of as many terms as the prime, each turned by its place:
    /// y[s (p q + j) + k] = w^(qj) sum_r w_p^(jr) x[s (q + m r) + k].</summary>
    private void Pass(int prime, int blocks, int stride)
    {
        int turn = _size / prime;
        for (int block = 0; block < blocks; block++)
            for (int line = 0; line < prime; line++)
            {
                int target = stride * ((prime * block) + line);
                Span<double> real = _otherReal.AsSpan(target, stride), imaginary = _otherImaginary.AsSpan(target, stride);
                int twist = stride * block * line;
                for (int term = 0; term < prime; term++)
                {
                    int place = (twist + (line * term % prime * turn)) % _size, source = stride * (block + (blocks * term));
                    Add(
                        _cosines[place], _sines[place], Real.AsSpan(source, stride), Imaginary.AsSpan(source, stride), real, imaginary,
                        isFirst: term == 0);
                }
            }
    }

    private static void Add(
        double cosine, double sine, ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> real, Span<double> imaginary, bool isFirst)
    {
        for (int k = 0; k < real.Length; k++)
        {
            double a = (cosine * x[k]) - (sine * y[k]), b = (cosine * y[k]) + (sine * x[k]);
            (real[k], imaginary[k]) = isFirst ? (a, b) : (real[k] + a, imaginary[k] + b);
        }
    }
}
