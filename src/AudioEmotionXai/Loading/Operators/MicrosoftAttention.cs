namespace AudioEmotionXai;

/// <summary>Attention of the domain com.microsoft as products and a softmax.</summary>
internal static class MicrosoftAttention
{
    /// <summary>One product makes queries, keys and values.</summary>
    public static void Expand(Expansion at)
    {
        GraphEmitter emit = at.Emit;
        Expansion.Require(!at.Has(4) && !at.Has(6), "it goes on from a past state");
        Expansion.Require(at.Node.GetInt("do_rotary", 0) == 0, "it rotates (do_rotary)");
        long heads = HeadsOf(at);
        long width = Expansion.Fixed(at.Shape(1)[^1], "the width of its weights");
        long[] sizes = at.Node.GetInts("qkv_hidden_sizes") ?? [width / 3, width / 3, width / 3];
        string all = emit.MatMul(at.Input(0), at.Input(1));
        string[] parts = emit.Parts(at.Has(2) ? emit.Add(all, at.Input(2)) : all, 2, sizes);
        string key = emit.Heads(parts[1], heads), value = emit.Heads(parts[2], heads);
        List<string> biases = [];
        if (at.Has(3))
            biases.Add(Mask(at, 3, at.Shape(0)[0], key));
        if (at.Has(5))
            biases.Add(at.Input(5));
        string result = emit.Attention(emit.Heads(parts[0], heads), key, value, Options(at, sizes[0] / heads, biases));
        at.Write(emit.Merged(result));
        if (at.Writes(1))
            at.Write(emit.Concat([emit.Unsqueeze(key, 0), emit.Unsqueeze(value, 0)], 0), 1);
    }

    /// <summary>Queries, keys and values come apart, or packed in one tensor of five axes.</summary>
    public static void ExpandMultiHead(Expansion at)
    {
        GraphEmitter emit = at.Emit;
        Expansion.Require(!at.Has(6) && !at.Has(7), "it goes on from a past state");
        long heads = HeadsOf(at);
        (string query, string key, string value) = at.Rank(0) == 5 ? Packed(at) : Apart(at, heads);
        long size = Expansion.Fixed(at.ShapeOf(query)[3], "the size of its heads");
        List<string> biases = [];
        if (at.Has(4))
            biases.Add(Mask(at, 4, at.Shape(0)[0], key));
        if (at.Has(5))
            biases.Add(at.Input(5));
        at.Write(emit.Merged(emit.Attention(query, key, value, Options(at, size, biases))));
        at.Write(key, 1);
        at.Write(value, 2);
    }

    /// <summary>Pairs of features turned by angles from tables of cosines and sines, which places pick from.</summary>
    public static void ExpandRotary(Expansion at) => Rotary.Expand(at, cosine: 2, sine: 3, places: 1);

    private static (string Query, string Key, string Value) Packed(Expansion at)
    {
        Expansion.Require(!at.Has(1) && !at.Has(2) && !at.Has(3), "queries, keys and values are packed, and there are more inputs");
        string[] parts = at.Emit.Parts(at.Input(0), 3, 1, 1, 1);
        string[] heads = [.. parts.Select(part => at.Emit.Transpose(at.Emit.Squeeze(part, 3), 0, 2, 1, 3))];
        return (heads[0], heads[1], heads[2]);
    }

    private static (string Query, string Key, string Value) Apart(Expansion at, long heads)
    {
        GraphEmitter emit = at.Emit;
        Expansion.Require(at.Has(1) && at.Has(2) && at.Rank(1) != 5, "keys and values are packed");
        string[] names = [at.Input(0), at.Input(1), at.Input(2)];
        if (at.Has(3))
        {
            Expansion.Require(at.Rank(1) == 3, "it has a bias, and keys that are split already");
            long own = Expansion.Fixed(at.Shape(0)[2], "the width of its queries");
            long ofValue = Expansion.Fixed(at.Shape(2)[2], "the width of its values");
            string[] biases = emit.Parts(at.Input(3), 0, own, own, ofValue);
            names = [.. names.Select((name, i) => emit.Add(name, biases[i]))];
        }

        return (emit.Heads(names[0], heads), Split(at, names[1], heads), Split(at, names[2], heads));
    }

    private static string Split(Expansion at, string tensor, long heads) =>
        at.RankOf(tensor) == 4 ? tensor : at.Emit.Heads(tensor, heads);

    private static long HeadsOf(Expansion at)
    {
        long heads = at.Node.GetInt("num_heads", 0);
        Expansion.Require(heads > 0, "its number of heads is not given");
        return heads;
    }

    private static AttentionOptions Options(Expansion at, long size, List<string> biases)
    {
        float scale = at.Node.GetFloat("scale", 0);
        return new AttentionOptions(
            scale > 0 ? scale : (float)(1 / Math.Sqrt(size)), 0, biases, at.Node.GetInt("unidirectional", 0) != 0);
    }

    /// <summary>What is added where keys do not count: by their number per item (N), by key (N, keys), or by query and key.</summary>
    private static string Mask(Expansion at, int input, Dim items, string key)
    {
        GraphEmitter emit = at.Emit;
        float masked = at.Node.GetFloat("mask_filter_value", -10000);
        Dim[] shape = at.Shape(input);
        string mask = emit.Cast(at.Input(input), OnnxElementType.Int64);
        string counts;
        switch (shape.Length)
        {
            case 1 when shape[0] == items:
                counts = emit.Less(emit.Unsqueeze(emit.Count(emit.LengthOf(key, 2)), 0), emit.Unsqueeze(mask, 1));
                return emit.Unsqueeze(emit.BiasOf(counts, masked), 1, 2);
            case 2:
                return emit.Unsqueeze(emit.BiasOf(emit.Greater(mask, emit.Integer(0)), masked), 1, 2);
            case 3:
                return emit.Unsqueeze(emit.BiasOf(emit.Greater(mask, emit.Integer(0)), masked), 1);
            default:
                throw new NotExpandedException("its mask has a shape that is not covered");
        }
    }
}

/// <summary>Rotary position embedding.</summary>
internal static class Rotary
{
    public static void Expand(Expansion at, int cosine, int sine, int places)
    {
        GraphEmitter emit = at.Emit;
        Expansion.Require(at.Node.GetInt("is_packed_batching", 0) == 0, "its items are packed");
        int rank = at.Rank(0);
        long rotated = 2 * Expansion.Fixed(at.Shape(cosine)[^1], "the width of its table");
        long heads = at.Node.GetInt("num_heads", 0);
        string x = at.Input(0);
        if (rank == 3)
            x = heads > 0 ? emit.Reshape(x, 0, 0, heads, -1) : emit.Reshape(x, 0, 0, -1, rotated);
        long width = Expansion.Fixed(at.ShapeOf(x)[3], "the size of its heads");
        // (items, places, half) beside (items, places, heads, half) or (items, heads, places, half)
        long headAxis = rank == 3 ? 2 : 1;
        string[] angles = [.. new[] { cosine, sine }.Select(input => emit.Unsqueeze(Angles(at, input, places, x, rank), headAxis))];
        string[] parts = rotated == width ? [x] : emit.Parts(x, 3, rotated, width - rotated);
        string turned = emit.Rotated(parts[0], angles[0], angles[1], rotated / 2, 4, at.Node.GetInt("interleaved", 0) != 0);
        if (parts.Length > 1)
            turned = emit.Concat([turned, parts[1]], 3);
        at.Write(rank == 3 ? emit.ReshapeLike(turned, at.Input(0)) : turned);
    }

    private static string Angles(Expansion at, int input, int places, string x, int rank)
    {
        GraphEmitter emit = at.Emit;
        if (!at.Has(places))
            return at.Input(input);
        string picks = at.Input(places);
        if (at.Rank(places) == 1)
            picks = emit.Unsqueeze(emit.Add(picks, emit.Count(emit.LengthOf(x, rank == 3 ? 1 : 2))), 0);
        return emit.Node("Gather", [at.Input(input), picks], gather => gather.Set("axis", 0));
    }
}
