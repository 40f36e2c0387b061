using AudioEmotionXai.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AudioEmotionXai;

/// <summary>A graph as the runtime optimized it, with its weights apart: they are shared between sessions, in the layout that this
/// processor's kernels want.</summary>
/// <remarks>
/// The runtime shares a weight that is given to it beside the graph, but its optimizers copy weights into other layouts, which then are
/// each session's own. So the optimizers run first and hand over graph and weights; the session is made from these, as they are. A weight
/// given beside the graph must still be declared there, as data in a file that exists: the program's own file is named, and never read.
/// </remarks>
internal sealed class SharedGraph : IDisposable
{
    // Below this a graph is not worth it, and a weight stays in its graph
    private const int FewGraphBytes = 1 << 20, FewWeightBytes = 4 << 10;

    private static readonly string? s_file = Environment.ProcessPath;

    private readonly SharedWeights _store;
    private readonly Dictionary<string, SharedWeights.Weight> _weights = [];
    private byte[] _graph = [];
    private bool _isAmbiguous;

    private SharedGraph(SharedWeights store) => _store = store;

    /// <summary>The size of the graph without the weights that are apart.</summary>
    public long GraphBytes => _graph.Length;

    /// <summary>Whether sharing pays and is possible.</summary>
    public static bool Pays(OnnxModel model) =>
        s_file is not null && model.Initializers.Values.Where(IsLarge).Sum(weight => (long)weight.Proto.RawData.Length) >= FewGraphBytes;

    /// <summary>Has the runtime optimize a graph for the CPU; null where it has two weights of one name.</summary>
    /// <param name="model">The graph.</param>
    /// <param name="options">New options; they are not to be used again.</param>
    /// <param name="store">Gets the weights.</param>
    /// <exception cref="OnnxRuntimeException">The runtime refuses the graph.</exception>
    public static SharedGraph? TryOptimize(OnnxModel model, SessionOptions options, SharedWeights store)
    {
        SharedGraph shared = new(store);
        try
        {
            shared.Optimize(model, options);
        }
        catch
        {
            shared.Dispose();
            throw;
        }

        if (!shared._isAmbiguous)
            return shared;
        shared.Dispose();
        return null;
    }

    /// <summary>Makes a session; the weights live until the set is disposed, which is to happen after the session's end.</summary>
    public InferenceSession Open(SessionOptions options, out SharedWeights.WeightSet weights)
    {
        options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
        NameFolder(options);
        foreach ((string name, SharedWeights.Weight weight) in _weights)
            options.AddInitializer(name, weight.Value);
        weights = _store.Join([.. _weights.Values]);
        _weights.Clear();
        try
        {
            return new InferenceSession(_graph, options, weights.Packed);
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (SharedWeights.Weight weight in _weights.Values)
            _store.Return(weight);
        _weights.Clear();
    }

    private void Optimize(OnnxModel model, SessionOptions options)
    {
        options.EnableCpuMemArena = false;
        options.AddSessionConfigEntry("session.disable_prepacking", "1");
        NameFolder(options);
        using BorrowedWeights borrowed = new(options, model.Initializers.Values.Where(IsLarge));
        using MemoryStream graph = new();
        using OrtModelCompilationOptions compilation = new(options);
        compilation.SetInputModelFromBuffer(
            model.ToBytes(tensor => IsLarge(tensor) ? ExternalTensorData.MoveOut(tensor, Path.GetFileName(s_file!)) : tensor));
        compilation.SetGraphOptimizationLevel(GraphOptimizationLevel.ORT_ENABLE_ALL);
        compilation.SetOutputModelWriteDelegate(part => graph.Write(part));
        compilation.SetOutputModelGetInitializerLocationDelegate((name, value, _) => Take(name, value));
        compilation.CompileModel();
        _graph = graph.ToArray();
    }

    private OrtExternalInitializerInfo? Take(string name, IReadOnlyOrtValue value)
    {
        OrtTensorTypeAndShapeInfo info = value.GetTensorTypeAndShape();
        long bytes = value.GetTensorSizeInBytes();
        if (info.ElementDataType != TensorElementType.Float || bytes < FewWeightBytes)
            return null;
        if (_weights.ContainsKey(name))
            _isAmbiguous = true;
        else
            _weights[name] = _store.Rent(info.Shape, value.GetTensorDataAsSpan<float>());
        return new OrtExternalInitializerInfo(Path.GetFileName(s_file!), 0, bytes);
    }

    private static bool IsLarge(OnnxTensor tensor) => IsLarge(tensor.Proto);

    private static bool IsLarge(TensorProto tensor) =>
        tensor.DataType == (int)OnnxElementType.Float && tensor.HasRawData && tensor.RawData.Length >= FewWeightBytes;

    private static void NameFolder(SessionOptions options) =>
        options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", Path.GetDirectoryName(s_file)!);
}
