namespace AudioEmotionXai.Checkpoints;

/// <summary>The names a PyTorch state dict uses: an ordered dictionary, storages, and tensors rebuilt on them.</summary>
internal sealed class TorchVocabulary : PickleVocabulary
{
    private const int HighestRank = 8;

    public override string Purpose => "a state dict";

    public override bool Knows(PickleGlobal global) => global.FullName switch
    {
        "collections.OrderedDict" or "torch._utils._rebuild_tensor_v2" or "torch._utils._rebuild_parameter" => true,
        _ => global.Module == "torch" && TorchStorage.TryGetType(global.Name, out _),
    };

    public override object? Call(PickleGlobal callable, PickleTuple arguments) => callable.FullName switch
    {
        "collections.OrderedDict" => OrderedDictionary(arguments),
        "torch._utils._rebuild_tensor_v2" => RebuildTensor(arguments),
        "torch._utils._rebuild_parameter" => RebuildParameter(arguments),
        _ => throw new PickleRefusedException($"calls '{callable}', which is a type here, not a function"),
    };

    public override object? Resolve(object? persistentId)
    {
        if (persistentId is not PickleTuple { Count: 5 } id
            || id.Items is not ["storage", PickleGlobal storageClass, string key, string, long count]
            || !TorchStorage.TryGetType(storageClass.Name, out TorchElementType type))
            throw new PickleRefusedException("holds a persistent id that is not ('storage', type, key, location, count)");
        if (count < 0)
            throw new PickleRefusedException($"declares a storage of {count} elements");
        return new TorchStorage(key, type, count);
    }

    /// <summary>A module's state dict carries <c>_metadata</c>, the versions of its parts, which nothing here depends on.</summary>
    public override void SetState(object? target, object? state)
    {
        if (target is not PickleDictionary || state is not PickleDictionary)
            throw new PickleRefusedException("sets a state on something that is not an ordered dictionary");
    }

    private static PickleDictionary OrderedDictionary(PickleTuple arguments) =>
        arguments.Count == 0
            ? new PickleDictionary()
            : throw new PickleRefusedException($"calls collections.OrderedDict with {arguments.Count} arguments; none were expected");

    private static TorchTensor RebuildParameter(PickleTuple arguments) =>
        arguments.Items is [TorchTensor tensor, ..]
            ? tensor
            : throw new PickleRefusedException("rebuilds a parameter from something that is not a tensor");

    private static TorchTensor RebuildTensor(PickleTuple arguments)
    {
        if (arguments.Items is not [TorchStorage storage, long offset, PickleTuple shape, PickleTuple strides, ..])
            throw new PickleRefusedException("rebuilds a tensor from something that is not (storage, offset, shape, strides, …)");
        int[] lengths = Array.ConvertAll(Numbers(shape, "shape"), Narrow);
        long[] steps = Numbers(strides, "strides");
        if (steps.Length != lengths.Length)
            throw new PickleRefusedException($"rebuilds a tensor with {lengths.Length} axes but {steps.Length} strides");
        CheckExtent(storage, offset, lengths, steps);
        return new TorchTensor(storage, offset, lengths, steps);
    }

    private static long[] Numbers(PickleTuple tuple, string what)
    {
        if (tuple.Count > HighestRank)
            throw new PickleRefusedException($"rebuilds a tensor with {tuple.Count} axes; at most {HighestRank} are read");
        long[] numbers = new long[tuple.Count];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = tuple[i] is long number and >= 0
                ? number
                : throw new PickleRefusedException($"rebuilds a tensor whose {what} holds {tuple[i] ?? "None"}");
        return numbers;
    }

    private static int Narrow(long length) =>
        length <= int.MaxValue ? (int)length : throw new PickleRefusedException($"rebuilds a tensor with an axis of {length} elements");

    /// <summary>A tensor may look only at elements that its storage has, and never holds more of them than the storage.</summary>
    private static void CheckExtent(TorchStorage storage, long offset, int[] shape, long[] strides)
    {
        Int128 count = 1;
        Int128 last = offset;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            count *= shape[axis];
            last += (Int128)Math.Max(shape[axis] - 1, 0) * strides[axis];
            if (count > storage.Count)
                break;
        }

        if (offset < 0 || count > storage.Count || (count > 0 && last >= storage.Count) || count > Array.MaxLength)
            throw new PickleRefusedException(
                $"rebuilds a tensor that reaches outside its storage '{storage.Key}' of {storage.Count} elements");
    }
}
