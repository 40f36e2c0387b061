using System.Security.Cryptography;
using System.Text;
using AudioEmotionXai.Protobuf;
using Google.Protobuf;

namespace AudioEmotionXai;

/// <summary>
/// An ONNX model as plain data: read it, look at its nodes and weights, write it. No runtime is involved.
/// </summary>
/// <remarks>
/// Parts that this library does not know are kept, so a model survives being read and written. Weights in files beside the model
/// are read with it, and become part of what is written.
/// </remarks>
public sealed partial class OnnxModel
{
    private readonly ModelProto _proto;
    private readonly Dictionary<string, OnnxTensor> _initializers;
    private readonly List<OnnxNode> _nodes;
    private List<string> _outside = [];
    private FileStamp? _stamp;

    private OnnxModel(ModelProto proto, string name)
    {
        _proto = proto;
        Name = name;
        _nodes = [.. proto.Graph.Node.Select(node => new OnnxNode(node))];
        _initializers = new Dictionary<string, OnnxTensor>(proto.Graph.Initializer.Count);
        foreach (TensorProto tensor in proto.Graph.Initializer)
            _initializers[tensor.Name] = new OnnxTensor(tensor);
    }

    /// <summary>What messages call this model: the file's path, or the name it was parsed under.</summary>
    public string Name { get; }

    /// <summary>The full paths of the files beside the model's own that weights were read from, in order; none for most models.</summary>
    public IReadOnlyList<string> WeightFiles { get; private init; } = [];

    /// <summary>The version of the standard operator set that the graph is written in.</summary>
    public int Opset => (int)(_proto.OpsetImport.FirstOrDefault(import => import.Domain is "" or "ai.onnx")?.Version ?? 0);

    /// <summary>The nodes in the order in which they can run.</summary>
    public IReadOnlyList<OnnxNode> Nodes => _nodes;

    /// <summary>The constant tensors by name.</summary>
    public IReadOnlyDictionary<string, OnnxTensor> Initializers => _initializers;

    /// <summary>The tensors a caller feeds; constants that older exporters list here too are left out.</summary>
    public IReadOnlyList<OnnxValueInfo> Inputs =>
        [.. _proto.Graph.Input.Where(input => !_initializers.ContainsKey(input.Name)).Select(OnnxValueInfo.From)];

    /// <summary>The tensors a run returns.</summary>
    public IReadOnlyList<OnnxValueInfo> Outputs => [.. _proto.Graph.Output.Select(OnnxValueInfo.From)];

    /// <summary>What the model says of itself by key: the front-end contract, labels, provenance.</summary>
    public IReadOnlyDictionary<string, string> Metadata
    {
        get
        {
            Dictionary<string, string> metadata = new(_proto.MetadataProps.Count);
            foreach (StringStringEntryProto entry in _proto.MetadataProps)
                metadata[entry.Key] = entry.Value;
            return metadata;
        }
    }

    /// <summary>
    /// SHA-256, in hexadecimal, of all that the model is. A file that holds its weights: of the file, so that a user can compare. Where
    /// weights lie in files beside it: of the file's SHA-256, and of each such tensor's name and data. A model that never was a file, or
    /// whose file has changed since: of its bytes.
    /// </summary>
    public string ContentHash
    {
        get
        {
            byte[] own = _stamp is { } stamp && stamp == FileStamp.Of(Name) ? HashOfFile(Name) : SHA256.HashData(ToBytes());
            if (_outside.Count == 0)
                return Convert.ToHexStringLower(own);
            using IncrementalHash all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            all.AppendData(own);
            foreach (string name in _outside)
            {
                ReadOnlySpan<byte> data = _initializers[name].Proto.RawData.Span;
                all.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{name}\0{data.Length}\0")));
                all.AppendData(data);
            }

            return Convert.ToHexStringLower(all.GetHashAndReset());
        }
    }

    /// <summary>The shapes that the model declares for tensors in between.</summary>
    internal IEnumerable<OnnxValueInfo> ValueInfos => _proto.Graph.ValueInfo.Select(OnnxValueInfo.From);

    /// <summary>Reads a model file and the weight files beside it.</summary>
    /// <param name="path">The .onnx file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ModelFormatException">The file is not an ONNX model, is cut off, or asks for weights outside its own
    /// folder.</exception>
    public static OnnxModel Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] bytes;
        try
        {
            InputFile.ThrowIfNoContent(path, message => new ModelFormatException(message));
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or (IOException and not FileNotFoundException))
        {
            throw new ModelFormatException($"{path}: cannot be read: {failure.Message}", failure);
        }

        return Parse(bytes, path, Path.GetDirectoryName(Path.GetFullPath(path)));
    }

    /// <summary>Reads a model from memory.</summary>
    /// <param name="bytes">The content of an .onnx file. Not copied: leave it unchanged while the model is in use.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="folder">Where files with external weights may be; null refuses such weights.</param>
    /// <exception cref="ModelFormatException">The bytes are not an ONNX model, are cut off, or ask for weights that may not be
    /// read.</exception>
    public static OnnxModel Parse(ReadOnlyMemory<byte> bytes, string name, string? folder = null)
    {
        WireScan.ThrowIfFlood(bytes.Span, name);
        ModelProto proto;
        try
        {
            proto = ModelProto.Parser.ParseFrom(bytes.Span);
        }
        catch (InvalidProtocolBufferException failure)
        {
            throw new ModelFormatException($"{name}: not an ONNX model, or cut off: {failure.Message}", failure);
        }

        if (proto.Graph is null || (proto.Graph.Node.Count == 0 && proto.Graph.Output.Count == 0))
            throw new ModelFormatException($"{name}: not an ONNX model: it holds no graph.");
        HashSet<string> names = [];
        List<string> outside = [];
        SortedSet<string> files = new(StringComparer.Ordinal);
        foreach (TensorProto tensor in proto.Graph.Initializer)
        {
            if (!names.Add(tensor.Name))
                throw new ModelFormatException($"{name}: there are two initialisers '{tensor.Name}'; each tensor is given once.");
            if (ExternalTensorData.Inline(tensor, name, folder) is not { } file)
                continue;
            outside.Add(tensor.Name);
            files.Add(file);
        }

        StrayExternalData.ThrowIfAny(proto, name);
        return new OnnxModel(proto, name) { _outside = outside, WeightFiles = [.. files], _stamp = FileStamp.Of(name) };
    }

    /// <summary>The model as the content of an .onnx file.</summary>
    public byte[] ToBytes() => ToBytes(tensor => tensor);

    /// <summary>The model as the content of an .onnx file, with something else in the place of its constant tensors.</summary>
    internal byte[] ToBytes(Func<TensorProto, TensorProto> constant) => ToProto(constant).ToByteArray();

    /// <summary>Writes the model; what stood in the file before is replaced in one step, or not at all.</summary>
    /// <param name="path">The .onnx file.</param>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.WriteAllBytes(path, ToBytes());
    }

    /// <summary>Name, operator set and size as text.</summary>
    public override string ToString() => $"{Name} (opset {Opset}, {_nodes.Count} nodes)";

    private static byte[] HashOfFile(string path)
    {
        using FileStream file = File.OpenRead(path);
        return SHA256.HashData(file);
    }

    private ModelProto ToProto(Func<TensorProto, TensorProto> store)
    {
        ModelProto proto = _proto.Clone();
        proto.Graph.Node.Clear();
        proto.Graph.Node.AddRange(_nodes.Select(node => node.Proto.Clone()));
        proto.Graph.Initializer.Clear();
        proto.Graph.Initializer.AddRange(_initializers.Values.Select(tensor => store(tensor.Proto)));
        return proto;
    }
}

/// <summary>What tells whether a file is still the one that was read.</summary>
internal readonly record struct FileStamp(long Length, DateTime Written)
{
    /// <summary>The stamp; null where there is no such file.</summary>
    public static FileStamp? Of(string path) =>
        File.Exists(path) ? new FileStamp(new FileInfo(path).Length, File.GetLastWriteTimeUtc(path)) : null;
}
