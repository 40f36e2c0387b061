namespace AudioEmotionXai.Reporting;

/// <summary>The rank of a part among random parts of its shape, as a test at 0.05.</summary>
internal static class RandomRank
{
    /// <summary>The draws that it takes: rank 1 of 20 is a p of 0.05.</summary>
    public const int LeastDraws = 19;

    /// <summary>The rank of a value among draws: 1 where it is larger than each; a tie counts against it.</summary>
    public static int Of(double value, IEnumerable<double> draws) => 1 + draws.Count(draw => draw >= value);

    /// <summary>Whether a rank has a p of 0.05 at most; never with fewer draws than it takes.</summary>
    public static bool IsRare(int rank, int draws) => rank * (LeastDraws + 1) <= draws + 1;
}
