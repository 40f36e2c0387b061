using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace AudioEmotionXai;

/// <summary>
/// Gives the runtime the weights of a model as they lie in memory, in the place of external data that a graph declares: parsing a graph
/// that holds its weights takes three times their size. This is <c>AddExternalInitializers</c> of the C interface, which the binding leaves
/// out.
/// </summary>
/// <remarks>The places in the runtime's table of functions are part of its promise: new functions are only added at the end.</remarks>
internal sealed unsafe partial class BorrowedWeights : IDisposable
{
    private const uint TableVersion = 12;

    private const int GetErrorMessage = 2, CreateTensorWithData = 49, ReleaseStatus = 93, ReleaseValue = 96, AddExternalInitializers = 210;

    // ONNXTensorElementDataType
    private const int Float = 1;

    private static readonly nint* s_functions = ((delegate* unmanaged<uint, nint*>)(*OrtGetApiBase()))(TableVersion);

    private readonly List<MemoryHandle> _pins = [];
    private readonly List<nint> _names = [], _values = [];

    /// <summary>Adds weights to a session's options; they must stay, and this must not be disposed, until the session's graph is
    /// optimized.</summary>
    /// <exception cref="ModelFormatException">The runtime refuses one.</exception>
    public BorrowedWeights(SessionOptions options, IEnumerable<OnnxTensor> weights)
    {
        try
        {
            foreach (OnnxTensor weight in weights)
                Add(weight);
            fixed (nint* names = CollectionsMarshal.AsSpan(_names), values = CollectionsMarshal.AsSpan(_values))
                ThrowIfFailed(((delegate* unmanaged<nint, nint*, nint*, nuint, nint>)s_functions[AddExternalInitializers])(
                    options.DangerousGetHandle(), names, values, (nuint)_values.Count));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (nint value in _values)
            ((delegate* unmanaged<nint, void>)s_functions[ReleaseValue])(value);
        foreach (nint name in _names)
            Marshal.FreeCoTaskMem(name);
        foreach (MemoryHandle pin in _pins)
            pin.Dispose();
        _values.Clear();
        _names.Clear();
        _pins.Clear();
    }

    private void Add(OnnxTensor weight)
    {
        ReadOnlyMemory<byte> data = weight.Proto.RawData.Memory;
        MemoryHandle pin = data.Pin();
        _pins.Add(pin);
        long[] shape = [.. weight.Shape];
        nint value;
        fixed (long* lengths = shape)
            ThrowIfFailed(((delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)s_functions[CreateTensorWithData])(
                OrtMemoryInfo.DefaultInstance.DangerousGetHandle(), pin.Pointer, (nuint)data.Length, lengths, (nuint)shape.Length, Float,
                &value));
        _values.Add(value);
        _names.Add(Marshal.StringToCoTaskMemUTF8(weight.Name));
    }

    private static void ThrowIfFailed(nint status)
    {
        if (status == 0)
            return;
        string? message = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, nint>)s_functions[GetErrorMessage])(status));
        ((delegate* unmanaged<nint, void>)s_functions[ReleaseStatus])(status);
        throw new ModelFormatException($"ONNX Runtime refuses the weights: {message}");
    }

    [LibraryImport("onnxruntime")]
    private static partial nint* OrtGetApiBase();
}
