using System.Collections.Frozen;

namespace AudioEmotionXai;

/// <summary>Operators of the standard, and of ai.onnx.ml, that are made of others.</summary>
internal static class StandardExpansions
{
    public static FrozenDictionary<string, Action<Expansion>> Table { get; } = new Dictionary<string, Action<Expansion>>
    {
        { "MeanVarianceNormalization", MeanVariance },
        { "RMSNormalization", RootMeanSquare },
        { "SimplifiedLayerNormalization", RootMeanSquare },
        { "RotaryEmbedding", at => Rotary.Expand(at, cosine: 1, sine: 2, places: 3) },
        { "Attention", Attention },
        { "LpPool", PoolExpansions.Lp },
        { "GlobalLpPool", PoolExpansions.GlobalLp },
        { "STFT", FourierExpansions.ShortTime },
        { "DFT", FourierExpansions.Discrete },
        { "GridSample", GridSampleExpansion.Expand },
        { "ai.onnx.ml.Scaler", LearnedExpansions.Scaler },
        { "ai.onnx.ml.Normalizer", LearnedExpansions.Normalizer },
        { "ai.onnx.ml.LinearRegressor", LearnedExpansions.Regressor },
        { "ai.onnx.ml.LinearClassifier", LearnedExpansions.Classifier },
    }.ToFrozenDictionary();

    /// <summary>(x - mean) / sqrt(variance + 1e-9), as the runtime has it.</summary>
    private static void MeanVariance(Expansion at)
    {
        int rank = at.Rank(0);
        long[] axes = [.. (at.Node.GetInts("axes") ?? [0, 2, 3]).Select(axis => (long)ShapeContext.Normalize(axis, rank)).Order()];
        at.Write(at.Emit.Standardized(at.Input(0), axes, 1e-9f));
    }

    private static void RootMeanSquare(Expansion at)
    {
        int rank = at.Rank(0);
        long[] axes = GraphEmitter.Axes(ShapeContext.Normalize(at.Node.GetInt("axis", -1), rank), rank);
        Expansion.Require(!at.Writes(1), "its statistic is read");
        at.Write(at.Emit.RootMeanSquareNorm(at.Input(0), at.Input(1), axes, at.Node.GetFloat("epsilon", 1e-5f)));
    }

    private static void Attention(Expansion at)
    {
        GraphEmitter emit = at.Emit;
        Expansion.Require(!at.Has(4) && !at.Has(5) && !at.Has(6), "it goes on from a past state, or pads its keys");
        Expansion.Require(!at.Writes(3), "its scores are read");
        bool isFlat = at.Rank(0) == 3;
        long queries = HeadsOf(at, 0, "q_num_heads"), keys = HeadsOf(at, 1, "kv_num_heads");
        string query = isFlat ? emit.Heads(at.Input(0), queries) : at.Input(0);
        string key = isFlat ? emit.Heads(at.Input(1), keys) : at.Input(1), value = isFlat ? emit.Heads(at.Input(2), keys) : at.Input(2);
        long size = Expansion.Fixed(at.ShapeOf(query)[3], "the size of its heads");
        Expansion.Require(keys > 0 && queries % keys == 0, "its heads of queries are no multiple of those of keys");
        List<string> biases = at.Has(3)
            ? [at.TypeOf(at.Input(3)) == OnnxElementType.Bool ? emit.BiasOf(at.Input(3)) : at.Input(3)]
            : [];
        AttentionOptions options = new(
            at.Node.GetFloat("scale", (float)(1 / Math.Sqrt(size))), at.Node.GetFloat("softcap", 0), biases,
            at.Node.GetInt("is_causal", 0) != 0);
        string result = emit.Attention(
            query, emit.Repeated(key, keys, queries / keys), emit.Repeated(value, keys, queries / keys), options);
        at.Write(isFlat ? emit.Merged(result) : result);
        at.Write(key, 1);
        at.Write(value, 2);
    }

    private static long HeadsOf(Expansion at, int input, string attribute) =>
        at.Rank(0) == 3 ? at.Node.GetInt(attribute, 0) : Expansion.Fixed(at.Shape(input)[1], "its number of heads");
}
