using System.Text;

namespace AudioEmotionXai.Checkpoints;

/// <summary>A PyTorch state dict: named tensors, read from a .pt file without running anything in it.</summary>
internal sealed class TorchCheckpoint : IDisposable
{
    private const string ParallelPrefix = "module.";
    private static readonly string[] NestingKeys = ["state_dict", "model_state_dict"];
    private readonly CheckpointArchive _archive;
    private readonly Dictionary<string, TorchTensor> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<TorchStorage, byte[]> _storages = [];

    private TorchCheckpoint(CheckpointArchive archive, string path)
    {
        _archive = archive;
        Path = path;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The tensors' names in the order in which they were saved, without the prefix that parallel training adds.</summary>
    public IReadOnlyCollection<string> Names => _tensors.Keys;

    /// <summary>Opens a checkpoint and reads its table of tensors; their elements are read when they are asked for.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ModelFormatException">It is not a checkpoint, truncated, damaged, names something that a state dict does not need,
    /// or holds no state dict.</exception>
    public static TorchCheckpoint Open(string path)
    {
        CheckpointArchive archive = CheckpointArchive.Open(path);
        try
        {
            CheckByteOrder(archive);
            TorchCheckpoint checkpoint = new(archive, path);
            string source = archive.Describe("data.pkl");
            checkpoint.AddTensors(StateDict(PickleReader.Read(archive.ReadPickle(), source, new TorchVocabulary()), source), source);
            return checkpoint;
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    /// <summary>The tensor of that name, or null.</summary>
    public TorchTensor? Find(string name) => _tensors.GetValueOrDefault(name);

    /// <summary>The elements of a tensor in row-major order.</summary>
    /// <exception cref="ModelFormatException">Its storage is missing, cut off or damaged, or an element is not a finite number.</exception>
    public double[] Read(string name)
    {
        TorchTensor tensor = _tensors[name];
        double[] values = tensor.ToDoubles(Bytes(tensor.Storage));
        int flaw = Array.FindIndex(values, value => !double.IsFinite(value));
        return flaw < 0
            ? values
            : throw new ModelFormatException(
                FormattableString.Invariant($"{Path}: {name} holds {values[flaw]} at element {flaw}; finite numbers were expected."));
    }

    public void Dispose() => _archive.Dispose();

    private static void CheckByteOrder(CheckpointArchive archive)
    {
        if (archive.Has("byteorder") && Encoding.ASCII.GetString(archive.Read("byteorder")) is var order && order != "little")
            throw new ModelFormatException($"{archive.Describe("byteorder")}: is '{order}'; only 'little' is read.");
    }

    private static PickleDictionary StateDict(object? root, string source)
    {
        if (root is not PickleDictionary dictionary)
            throw new ModelFormatException($"{source}: holds no state dict; save model.state_dict(), not the model.");
        foreach (string key in NestingKeys)
            if (dictionary.TryGet(key, out object? nested) && nested is PickleDictionary inner)
                return inner;
        return dictionary;
    }

    private void AddTensors(PickleDictionary stateDict, string source)
    {
        bool parallel =
            stateDict.Pairs.Count > 0
            && stateDict.Pairs.All(pair => pair.Key is string key && key.StartsWith(ParallelPrefix, StringComparison.Ordinal));
        foreach ((object? key, object? value) in stateDict.Pairs)
        {
            if (key is not string name)
                throw new ModelFormatException($"{source}: the state dict has a key that is not a text: {key ?? "None"}.");
            if (value is not TorchTensor tensor)
                throw new ModelFormatException($"{source}: '{name}' is not a tensor.");
            _tensors[parallel ? name[ParallelPrefix.Length..] : name] = tensor;
        }
    }

    private byte[] Bytes(TorchStorage storage)
    {
        if (!_storages.TryGetValue(storage, out byte[]? bytes))
            _storages[storage] = bytes = _archive.ReadStorage(storage);
        return bytes;
    }
}
