namespace AudioEmotionXai;

/// <summary>Fourier transforms as products with cosines and sines.</summary>
internal static class FourierExpansions
{
    /// <summary>STFT: a convolution whose kernels are windowed cosines and sines; (items, frames, lines, 2).</summary>
    public static void ShortTime(Expansion at)
    {
        GraphEmitter emit = at.Emit;
        Dim[] shape = at.Shape(0);
        Expansion.Require(shape.Length == 2 || shape[^1] == 1, "its signal is complex");
        long step = at.Integers(1, "frame_step")[0];
        float[]? window = at.Has(2)
            ? at.Constant(2)?.ToFloats() ?? throw new NotExpandedException($"its window '{at.Input(2)}' is computed by the model")
            : null;
        long length = at.Has(3) ? at.Integers(3, "frame_length")[0] : window?.Length ?? 0;
        Expansion.Require(length > 0 && step > 0 && (window is null || window.Length == length), "its window does not fit its frames");
        long lines = at.Node.GetInt("onesided", 1) != 0 ? (length / 2) + 1 : length;
        float[] kernels = GraphEmitter.NewFloats(2 * lines, length);
        for (long line = 0; line < lines; line++)
            for (long place = 0; place < length; place++)
            {
                (double sine, double cosine) = Angle(line, place, length);
                double weight = window?[place] ?? 1;
                kernels[(((2 * line) + 0) * length) + place] = (float)(weight * cosine);
                kernels[(((2 * line) + 1) * length) + place] = (float)(-weight * sine);
            }

        string samples = emit.Reshape(at.Input(0), 0, 1, -1);
        string weights = emit.Floats("waves", kernels, 2 * lines, 1, length);
        string waves = emit.Node("Conv", [samples, weights], conv =>
            conv.Set("kernel_shape", (long[])[length]).Set("strides", (long[])[step]));
        at.Write(emit.Reshape(emit.Transpose(waves, 0, 2, 1), 0, 0, lines, 2));
    }

    /// <summary>DFT of real or complex signals along an axis, or its inverse.</summary>
    public static void Discrete(Expansion at)
    {
        GraphEmitter emit = at.Emit;
        Dim[] shape = at.Shape(0);
        int last = shape.Length - 1;
        long place = at.Opset >= 20 ? (at.Has(2) ? at.Integers(2, "axis")[0] : -2) : at.Node.GetInt("axis", 1);
        int axis = ShapeContext.Normalize(place, shape.Length);
        bool isInverse = at.Node.GetInt("inverse", 0) != 0, isOneSided = at.Node.GetInt("onesided", 0) != 0;
        Expansion.Require(!(isInverse && isOneSided), "it goes back from one side of the lines (onesided and inverse)");
        Expansion.Require(shape[last] == 1 || shape[last] == 2, "whether its signal is complex is not known");
        long own = Expansion.Fixed(shape[axis], "the length of its axis");
        long length = at.Has(1) ? at.Integers(1, "dft_length")[0] : own;
        string[] parts = [.. emit.Parts(at.Input(0), last, [.. Enumerable.Repeat(1L, (int)shape[last].Offset)])
            .Select(part => emit.Squeeze(part, last))];
        long lines = isOneSided ? (length / 2) + 1 : length, kept = Math.Min(own, length);
        float scale = isInverse ? 1f / length : 1;
        (string cosines, string sines) = Waves(emit, own, kept, length, lines, scale, isInverse ? 1 : -1);
        string Along(int part, string matrix) => emit.PassBackAlong(parts[part], last, axis, matrix);
        string real = Along(0, cosines), imaginary = Along(0, sines);
        if (parts.Length > 1)
        {
            real = emit.Sub(real, Along(1, sines));
            imaginary = emit.Add(imaginary, Along(1, cosines));
        }

        at.Write(emit.Concat([emit.Unsqueeze(real, last), emit.Unsqueeze(imaginary, last)], last));
    }

    /// <summary>Cosines and signed sines, (places, lines); places behind the transform's length count nothing.</summary>
    private static (string Cosines, string Sines) Waves(
        GraphEmitter emit, long own, long kept, long length, long lines, float scale, int sign)
    {
        float[] cosines = GraphEmitter.NewFloats(own, lines), sines = GraphEmitter.NewFloats(own, lines);
        for (long place = 0; place < kept; place++)
            for (long line = 0; line < lines; line++)
            {
                (double sine, double cosine) = Angle(line, place, length);
                cosines[(place * lines) + line] = (float)(scale * cosine);
                sines[(place * lines) + line] = (float)(sign * scale * sine);
            }

        return (emit.Floats("cosines", cosines, own, lines), emit.Floats("sines", sines, own, lines));
    }

    private static (double Sine, double Cosine) Angle(long line, long place, long length) =>
        Math.SinCos(2 * Math.PI * ((line * place) % length) / length);
}
