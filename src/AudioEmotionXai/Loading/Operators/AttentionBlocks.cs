namespace AudioEmotionXai;

/// <summary>Attention written as products and a softmax. Tensors of heads are (items, heads, places, size).</summary>
internal static class AttentionBlocks
{
    /// <summary>(items, places, heads · size) as heads.</summary>
    public static string Heads(this GraphEmitter emit, string x, long heads) =>
        emit.Transpose(emit.Reshape(x, 0, 0, heads, -1), 0, 2, 1, 3);

    /// <summary>Heads as (items, places, heads · size).</summary>
    public static string Merged(this GraphEmitter emit, string x) => emit.Reshape(emit.Transpose(x, 0, 2, 1, 3), 0, 0, -1);

    /// <summary>softmax(scale q kᵀ + bias) v.</summary>
    /// <param name="emit">Where the nodes go.</param>
    /// <param name="query">Queries.</param>
    /// <param name="key">Keys.</param>
    /// <param name="value">Values.</param>
    /// <param name="options">What is done to the scores.</param>
    public static string Attention(this GraphEmitter emit, string query, string key, string value, AttentionOptions options)
    {
        string scores = emit.MatMul(emit.Scale(query, options.Scale), emit.Transpose(key, 0, 1, 3, 2));
        if (options.SoftCap > 0)
            scores = emit.Scale(emit.Tanh(emit.Scale(scores, 1 / options.SoftCap)), options.SoftCap);
        foreach (string bias in options.Biases)
            scores = emit.Add(scores, bias);
        if (options.IsCausal)
            scores = emit.Add(scores, emit.Future(query, key));
        return emit.MatMul(emit.Softmax(scores, -1), value);
    }

    /// <summary>The lowest number where the mask is false, else 0.</summary>
    public static string BiasOf(this GraphEmitter emit, string mask, float masked = float.MinValue) =>
        emit.Where(mask, emit.Scalar(0), emit.Scalar(masked));

    /// <summary>Heads of keys or values repeated so that there are as many as of queries.</summary>
    public static string Repeated(this GraphEmitter emit, string heads, long count, long times)
    {
        if (times == 1)
            return heads;
        string apart = emit.Unsqueeze(heads, 2);
        string spread = emit.Node("Tile", [apart, emit.Integers(1, 1, times, 1, 1)]);
        string shape = emit.ShapeOf(heads);
        string lengths = emit.Concat(
            [emit.Integers(0), emit.Integers(count * times), emit.Node("Slice", [shape, emit.Integers(2), emit.Integers(4)])], 0);
        return emit.Reshape(spread, lengths);
    }

    /// <summary>The rotation of pairs of features by angles.</summary>
    /// <param name="emit">Where the nodes go.</param>
    /// <param name="x">Features on the last axis, all of which are rotated.</param>
    /// <param name="cosine">Cosines, broadcast to half the features.</param>
    /// <param name="sine">Sines.</param>
    /// <param name="half">Half the number of features.</param>
    /// <param name="rank">The number of axes.</param>
    /// <param name="isInterleaved">Whether pairs are neighbours, else the two halves.</param>
    public static string Rotated(
        this GraphEmitter emit, string x, string cosine, string sine, long half, int rank, bool isInterleaved)
    {
        long last = rank - 1;
        string even, odd;
        if (isInterleaved)
        {
            even = emit.EveryOther(x, 0, last);
            odd = emit.EveryOther(x, 1, last);
        }
        else
        {
            string[] halves = emit.Parts(x, last, half, half);
            (even, odd) = (halves[0], halves[1]);
        }

        string real = emit.Sub(emit.Mul(even, cosine), emit.Mul(odd, sine));
        string imaginary = emit.Add(emit.Mul(even, sine), emit.Mul(odd, cosine));
        if (!isInterleaved)
            return emit.Concat([real, imaginary], last);
        string pairs = emit.Concat([emit.Unsqueeze(real, rank), emit.Unsqueeze(imaginary, rank)], rank);
        return emit.ReshapeLike(pairs, x);
    }

    private static string EveryOther(this GraphEmitter emit, string x, long start, long axis) =>
        emit.Node("Slice", [x, emit.Integers(start), emit.Integers(int.MaxValue), emit.Integers(axis), emit.Integers(2)]);

    /// <summary>The lowest number where a key is later than the query, else 0: (queries, keys).</summary>
    private static string Future(this GraphEmitter emit, string query, string key)
    {
        string rows = emit.Unsqueeze(emit.Count(emit.LengthOf(query, 2)), 1);
        string columns = emit.Unsqueeze(emit.Count(emit.LengthOf(key, 2)), 0);
        return emit.Where(emit.Greater(columns, rows), emit.Scalar(float.MinValue), emit.Scalar(0));
    }
}

/// <summary>What attention does to its scores.</summary>
/// <param name="Scale">What they are multiplied with.</param>
/// <param name="SoftCap">They are kept below this by a hyperbolic tangent; 0: not.</param>
/// <param name="Biases">What is added.</param>
/// <param name="IsCausal">Whether a query sees no key behind it.</param>
internal readonly record struct AttentionOptions(float Scale, float SoftCap, IReadOnlyList<string> Biases, bool IsCausal);
