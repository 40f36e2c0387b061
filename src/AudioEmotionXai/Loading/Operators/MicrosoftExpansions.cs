using System.Collections.Frozen;

namespace AudioEmotionXai;

/// <summary>Operators of the domain com.microsoft, which ONNX Runtime's optimizer writes.</summary>
internal static class MicrosoftExpansions
{
    private const int Rows = 2;

    public static FrozenDictionary<string, Action<Expansion>> Table { get; } = new Dictionary<string, Action<Expansion>>
    {
        { "Gelu", at => at.Write(at.Emit.Gelu(at.Input(0))) },
        { "QuickGelu", at => at.Write(at.Emit.Swish(at.Input(0), at.Node.GetFloat("alpha", 1.702f))) },
        { "FastGelu", at => at.Write(at.Emit.GeluByTanh(Biased(at, at.Input(0), 1))) },
        { "BiasGelu", at => at.Write(at.Emit.Gelu(Biased(at, at.Input(0), 1))) },
        { "BiasAdd", at => at.Write(at.Emit.Add(Biased(at, at.Input(0), 1), at.Input(2))) },
        { "BiasSplitGelu", BiasSplitGelu },
        { "BiasSoftmax", BiasSoftmax },
        { "FusedConv", FusedConv },
        { "FusedGemm", FusedGemm },
        { "FusedMatMul", FusedMatMul },
        { "TransposeMatMul", FusedMatMul },
        { "SkipLayerNormalization", SkipLayerNormalization },
        { "SkipSimplifiedLayerNormalization", SkipLayerNormalization },
        { "GroupNorm", GroupNorm },
        { "NhwcConv", NhwcConv },
        { "Attention", MicrosoftAttention.Expand },
        { "MultiHeadAttention", MicrosoftAttention.ExpandMultiHead },
        { "RotaryEmbedding", MicrosoftAttention.ExpandRotary },
    }.ToFrozenDictionary();

    private static string Biased(Expansion at, string x, int input) => at.Has(input) ? at.Emit.Add(x, at.Input(input)) : x;

    private static void BiasSplitGelu(Expansion at)
    {
        string sum = Biased(at, at.Input(0), 1);
        int rank = at.RankOf(sum);
        long half = Expansion.Fixed(at.ShapeOf(sum)[^1], "its last length") / 2;
        string[] parts = at.Emit.Parts(sum, rank - 1, half, half);
        at.Write(at.Emit.Mul(parts[0], at.Emit.Gelu(parts[1])));
    }

    private static void BiasSoftmax(Expansion at)
    {
        int rank = at.Rank(0);
        int axis = ShapeContext.Normalize(at.Node.GetInt("axis", 1), rank);
        Expansion.Require(axis == rank - 1, "its axis is not the last");
        Expansion.Require(at.Rank(1) == rank, "its bias has another number of axes");
        at.Write(at.Emit.Softmax(at.Emit.Add(at.Input(0), at.Input(1)), axis));
    }

    private static void FusedConv(Expansion at)
    {
        string sum = at.Emit.Node("Conv", [.. at.Node.Inputs.Take(3).Where(name => name.Length > 0)], conv =>
        {
            conv.SetAttributesOf(at.Node);
            conv.Remove("activation");
            conv.Remove("activation_params");
        });
        at.Write(at.Emit.Activated(
            Biased(at, sum, 3), at.Node.GetString("activation", ""), at.Node.GetFloats("activation_params") ?? []));
    }

    private static void FusedGemm(Expansion at)
    {
        string sum = at.Emit.Node("Gemm", at.Inputs, gemm =>
        {
            foreach (string name in (ReadOnlySpan<string>)["transA", "transB"])
                gemm.Set(name, at.Node.GetInt(name, 0));
            foreach (string name in (ReadOnlySpan<string>)["alpha", "beta"])
                gemm.Set(name, at.Node.GetFloat(name, 1));
        });
        string[] names = ["activation_alpha", "activation_beta", "activation_gamma"];
        float[] parameters = [.. names.TakeWhile(at.Node.HasAttribute).Select(name => at.Node.GetFloat(name, 0))];
        at.Write(at.Emit.Activated(sum, at.Node.GetString("activation", ""), parameters));
    }

    private static void FusedMatMul(Expansion at)
    {
        string left = Transposed(at, 0, "transA", "transBatchA"), right = Transposed(at, 1, "transB", "transBatchB");
        at.Write(at.Emit.Scale(at.Emit.MatMul(left, right), at.Node.GetFloat("alpha", 1)));
    }

    /// <summary>Of the axes (a, …, m, k): the first goes before the last with one switch, the last two are exchanged with the
    /// other.</summary>
    private static string Transposed(Expansion at, int input, string matrix, string batch)
    {
        bool swaps = at.Node.GetInt(matrix, 0) != 0, moves = at.Node.GetInt(batch, 0) != 0;
        if (!swaps && !moves)
            return at.Input(input);
        List<long> order = [.. GraphEmitter.Axes(0, at.Rank(input))];
        if (order.Count < Rows)
            return at.Input(input);
        if (moves)
        {
            order.RemoveAt(0);
            order.Insert(order.Count - 1, 0);
        }

        if (swaps)
            (order[^1], order[^2]) = (order[^2], order[^1]);
        return at.Emit.Transpose(at.Input(input), [.. order]);
    }

    /// <summary>The sum of two tensors and perhaps a bias, normalised: by mean and variance, or by the mean of squares alone.</summary>
    private static void SkipLayerNormalization(Expansion at)
    {
        bool isSimple = at.Node.OpType is "SkipSimplifiedLayerNormalization";
        int bias = isSimple ? 3 : 4, rank = at.Rank(0);
        Expansion.Require(!at.Writes(1) && !at.Writes(2), "its statistics are read");
        string sum = Biased(at, at.Emit.Add(at.Input(0), at.Input(1)), bias);
        float epsilon = at.Node.GetFloat("epsilon", 1e-12f);
        at.Write(sum, 3);
        string sumName = at.Writes(3) ? at.Node.Outputs[3] : sum;
        at.Write(
            isSimple
                ? at.Emit.RootMeanSquareNorm(sumName, at.Input(2), [rank - 1], epsilon)
                : at.Emit.LayerNorm(sumName, at.Input(2), at.Input(3), rank - 1, rank, epsilon));
    }

    /// <summary>Groups of channels, which are the last axis unless an attribute says otherwise; perhaps x sigmoid(x) behind.</summary>
    private static void GroupNorm(Expansion at)
    {
        GraphEmitter emit = at.Emit;
        bool isLast = at.Node.GetInt("channels_last", 1) != 0;
        long groups = at.Node.GetInt("groups", 1);
        Expansion.Require(at.Rank(0) == 4, "its input has another number of axes than 4");
        string x = isLast ? emit.Transpose(at.Input(0), 0, 3, 1, 2) : at.Input(0);
        string normal = emit.Standardized(emit.Reshape(x, 0, groups, -1), [2], at.Node.GetFloat("epsilon", 1e-5f));
        string scaled = emit.Add(
            emit.Mul(emit.ReshapeLike(normal, x), emit.Reshape(at.Input(1), 1, -1, 1, 1)), emit.Reshape(at.Input(2), 1, -1, 1, 1));
        string result = at.Node.GetInt("activation", 0) != 0 ? emit.Swish(scaled) : scaled;
        at.Write(isLast ? emit.Transpose(result, 0, 2, 3, 1) : result);
    }

    /// <summary>A convolution of (items, height, width, channels).</summary>
    private static void NhwcConv(Expansion at)
    {
        GraphEmitter emit = at.Emit;
        Expansion.Require(at.Rank(0) == 4, "its input has another number of axes than 4");
        string x = emit.Transpose(at.Input(0), 0, 3, 1, 2);
        string conv = emit.Node("Conv", [x, emit.Transpose(at.Input(1), 0, 3, 1, 2), .. at.Node.Inputs.Skip(2)], node =>
            node.SetAttributesOf(at.Node));
        at.Write(emit.Transpose(conv, 0, 2, 3, 1));
    }
}
