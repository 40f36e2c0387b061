using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AudioEmotionXai;

/// <summary>The weights of all sessions of one model, outside the managed heap: equal ones once, freed with the last session that uses
/// them.</summary>
internal sealed class SharedWeights
{
    private static readonly bool s_copies = RuntimeInformation.ProcessArchitecture is not (Architecture.X64 or Architecture.X86);

    private readonly Lock _lock = new();
    private readonly List<Weight> _weights = [];
    private readonly List<WeightSet> _sets = [];

    /// <summary>The bytes that are held.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
                return _weights.Sum(weight => weight.Bytes);
        }
    }

    /// <summary>The bytes that are held, and those of the copies that the kernels of each set may have made: on x86 convolutions take the
    /// weights as the optimizer laid them out, and what was measured beside them was too little to count.</summary>
    public long BytesWithCopies
    {
        get
        {
            lock (_lock)
                return _weights.Sum(weight => weight.Bytes)
                    + (s_copies ? _sets.Sum(set => set.Weights.Sum(weight => weight.Bytes)) : 0);
        }
    }

    /// <summary>Takes the weight of these values, or copies them; <see cref="Return"/> it, or <see cref="Join"/> it to a set.</summary>
    public Weight Rent(long[] shape, ReadOnlySpan<float> values)
    {
        lock (_lock)
        {
            foreach (Weight weight in _weights)
                if (weight.Equals(shape, values))
                {
                    weight.Users++;
                    return weight;
                }

            Weight copy = new(shape, values);
            _weights.Add(copy);
            return copy;
        }
    }

    /// <summary>Gives a rented weight back.</summary>
    public void Return(Weight weight)
    {
        lock (_lock)
        {
            if (--weight.Users > 0)
                return;
            _weights.Remove(weight);
        }

        weight.Free();
    }

    /// <summary>The set of these rented weights, which it now owns: sessions of one set share what the runtime makes of the weights,
    /// too.</summary>
    public WeightSet Join(Weight[] weights)
    {
        WeightSet? known;
        lock (_lock)
        {
            known = _sets.Find(set => set.Weights.AsSpan().SequenceEqual(weights));
            if (known is null)
            {
                _sets.Add(known = new WeightSet(this, weights));
                return known;
            }

            known.Users++;
        }

        foreach (Weight weight in weights)
            Return(weight);
        return known;
    }

    private void Leave(WeightSet set)
    {
        lock (_lock)
        {
            if (--set.Users > 0)
                return;
            _sets.Remove(set);
        }

        set.Packed.Dispose();
        foreach (Weight weight in set.Weights)
            Return(weight);
    }

    /// <summary>One weight as the runtime takes it.</summary>
    public sealed unsafe class Weight
    {
        private readonly long[] _shape;
        private readonly void* _values;

        public Weight(long[] shape, ReadOnlySpan<float> values)
        {
            _shape = shape;
            Bytes = sizeof(float) * (long)values.Length;
            // On a cache line of its own: from other addresses the kernels were 11 % slower
            _values = NativeMemory.AlignedAlloc((nuint)Bytes, 64);
            values.CopyTo(new Span<float>(_values, values.Length));
            GC.AddMemoryPressure(Bytes);
            Value = OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, TensorElementType.Float, shape, (nint)_values, Bytes);
        }

        public long Bytes { get; }

        public OrtValue Value { get; }

        public int Users { get; set; } = 1;

        public bool Equals(long[] shape, ReadOnlySpan<float> values) =>
            _shape.AsSpan().SequenceEqual(shape)
            && MemoryMarshal.AsBytes(new ReadOnlySpan<float>(_values, values.Length)).SequenceEqual(MemoryMarshal.AsBytes(values));

        public void Free()
        {
            Value.Dispose();
            NativeMemory.AlignedFree(_values);
            GC.RemoveMemoryPressure(Bytes);
        }
    }

    /// <summary>The weights of a session, and the reordered copies that its kernels made.</summary>
    public sealed class WeightSet(SharedWeights owner, Weight[] weights) : IDisposable
    {
        public Weight[] Weights => weights;

        public PrePackedWeightsContainer Packed { get; } = new();

        public int Users { get; set; } = 1;

        public void Dispose() => owner.Leave(this);
    }
}
