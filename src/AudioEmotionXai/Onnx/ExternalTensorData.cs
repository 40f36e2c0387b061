using AudioEmotionXai.Protobuf;
using Google.Protobuf;
using System.Globalization;

namespace AudioEmotionXai;

/// <summary>Brings tensor data that lies in a file beside the model into the model; never opens a file outside the model's
/// folder.</summary>
internal static class ExternalTensorData
{
    /// <summary>Reads a tensor's data where it is in a file.</summary>
    /// <returns>The file; null where there is none.</returns>
    public static string? Inline(TensorProto tensor, string model, string? folder)
    {
        if (tensor.DataLocation == TensorProto.Types.DataLocation.Default && tensor.ExternalData.Count == 0)
            return null;
        string location = Entry(tensor, "location") ?? throw Invalid(tensor, model, "names no file for its external data");
        string path = Resolve(tensor, location, model, folder);
        byte[] data = Read(tensor, path, model);
        tensor.RawData = UnsafeByteOperations.UnsafeWrap(data);
        tensor.ExternalData.Clear();
        tensor.ClearDataLocation();
        return path;
    }

    /// <summary>A tensor of the same name, type and shape whose data is said to be in a file.</summary>
    public static TensorProto MoveOut(TensorProto tensor, string location)
    {
        TensorProto moved = new()
        {
            Name = tensor.Name,
            DataType = tensor.DataType,
            DataLocation = TensorProto.Types.DataLocation.External,
        };
        moved.Dims.Add(tensor.Dims);
        moved.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
        return moved;
    }

    private static string Resolve(TensorProto tensor, string location, string model, string? folder)
    {
        if (folder is null)
            throw Invalid(tensor, model, $"keeps its data in '{location}', but a model read from memory has no folder");
        if (location.Contains('\0'))
            throw Invalid(tensor, model, "keeps its data in a file whose name has a NUL");
        string root = Path.GetFullPath(folder);
        string path = Path.GetFullPath(Path.Combine(root, location));
        bool inside = path.StartsWith(
            root.EndsWith(Path.DirectorySeparatorChar) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        if (!inside || Path.IsPathRooted(location))
            throw Invalid(
                tensor, model, $"asks for '{location}', which is outside the model's folder; a relative path inside it was expected");
        FileInfo file = new(path);
        if (!file.Exists)
            throw Invalid(tensor, model, $"keeps its data in '{location}', which is not beside the model");
        if (LeavesThroughLink(file, root))
            throw Invalid(tensor, model, $"asks for '{location}', a link that leaves the model's folder");
        return path;
    }

    private static bool LeavesThroughLink(FileInfo file, string root)
    {
        for (FileSystemInfo? step = file; step is not null && step.FullName.Length > root.Length; step = Parent(step))
            if (step.LinkTarget is not null)
                return true;
        return false;
    }

    private static DirectoryInfo? Parent(FileSystemInfo step) => step is FileInfo file ? file.Directory : ((DirectoryInfo)step).Parent;

    /// <summary>Reads as many bytes as the tensor's shape asks for: sizes are compared before the file is opened, which also leaves pipes
    /// and devices alone, for these have none.</summary>
    private static byte[] Read(TensorProto tensor, string path, string model)
    {
        long present = new FileInfo(path).Length;
        long offset = Number(tensor, "offset", model) ?? 0;
        long length = Number(tensor, "length", model) ?? present - offset;
        string file = Path.GetFileName(path);
        if (offset < 0 || length < 0 || offset > present || length > present - offset)
            throw Invalid(tensor, model, $"asks for {length} bytes at {offset} of '{file}', which has {present}");
        Int128 expected = BytesOf(tensor, model);
        if (length != expected)
            throw Invalid(
                tensor, model, $"keeps {length} bytes in '{file}', but {new OnnxTensor(tensor)} has {expected}");
        if (length > Array.MaxLength)
            throw Invalid(tensor, model, $"has {length} bytes; at most {Array.MaxLength} are read");
        byte[] data = new byte[length];
        if (length == 0)
            return data;
        try
        {
            using FileStream stream = File.OpenRead(path);
            stream.Position = offset;
            stream.ReadExactly(data);
            return data;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new ModelFormatException($"{model}: the tensor '{tensor.Name}': '{file}' cannot be read: {failure.Message}", failure);
        }
    }

    private static Int128 BytesOf(TensorProto tensor, string model)
    {
        int halfBytes = OnnxElements.HalfBytesOf(tensor.DataType);
        if (halfBytes == 0)
            throw Invalid(tensor, model, $"is of type {(OnnxElementType)tensor.DataType}, which no file beside a model holds");
        return (((Int128)new OnnxTensor(tensor).Count * halfBytes) + 1) / 2;
    }

    private static long? Number(TensorProto tensor, string key, string model)
    {
        string? text = Entry(tensor, key);
        if (text is null)
            return null;
        return long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw Invalid(tensor, model, $"has '{text}' as the {key} of its external data; a number was expected");
    }

    private static string? Entry(TensorProto tensor, string key) => tensor.ExternalData.FirstOrDefault(entry => entry.Key == key)?.Value;

    private static ModelFormatException Invalid(TensorProto tensor, string model, string problem) =>
        new($"{model}: the tensor '{tensor.Name}' {problem}.");
}

/// <summary>
/// Looks for external data anywhere but in the graph's own initialisers, which <see cref="ExternalTensorData"/> reads: in attributes,
/// subgraphs, functions, sparse tensors. The runtime would open such files by itself, wherever they are.
/// </summary>
internal static class StrayExternalData
{
    /// <exception cref="ModelFormatException">A tensor keeps its data in another file.</exception>
    public static void ThrowIfAny(ModelProto proto, string model)
    {
        foreach (NodeProto node in proto.Graph.Node.Concat(proto.Functions.SelectMany(function => function.Node)))
            Refuse(node, model);
        foreach (SparseTensorProto sparse in proto.Graph.SparseInitializer)
            Refuse(sparse, model);
    }

    private static void Refuse(NodeProto node, string model)
    {
        foreach (AttributeProto attribute in node.Attribute)
        {
            foreach (TensorProto tensor in attribute.Tensors.Append(attribute.T))
                Refuse(tensor, model);
            foreach (SparseTensorProto sparse in attribute.SparseTensors.Append(attribute.SparseTensor))
                Refuse(sparse, model);
            foreach (GraphProto graph in attribute.Graphs.Append(attribute.G))
                Refuse(graph, model);
        }
    }

    private static void Refuse(GraphProto? graph, string model)
    {
        if (graph is null)
            return;
        foreach (TensorProto tensor in graph.Initializer)
            Refuse(tensor, model);
        foreach (SparseTensorProto sparse in graph.SparseInitializer)
            Refuse(sparse, model);
        foreach (NodeProto node in graph.Node)
            Refuse(node, model);
    }

    private static void Refuse(SparseTensorProto? sparse, string model)
    {
        Refuse(sparse?.Values, model);
        Refuse(sparse?.Indices, model);
    }

    private static void Refuse(TensorProto? tensor, string model)
    {
        if (tensor is not null && (tensor.DataLocation != TensorProto.Types.DataLocation.Default || tensor.ExternalData.Count > 0))
            throw new ModelFormatException(
                $"{model}: the tensor '{tensor.Name}' keeps its data in another file; only the initialisers of the graph itself may.");
    }
}
