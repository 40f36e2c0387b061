using System.IO.Compression;

namespace AudioEmotionXai.TestKit;

/// <summary>Writes small checkpoints the way <c>torch.save</c> does, and broken ones as it never would.</summary>
internal static class CheckpointWriter
{
    public static byte[] Write(IEnumerable<KeyValuePair<string, StoredTensor>> stateDict, CompressionLevel compression = CompressionLevel.NoCompression)
    {
        KeyValuePair<string, StoredTensor>[] tensors = [.. stateDict];
        List<KeyValuePair<string, byte[]>> entries = [new("data.pkl", StateDictPickle(tensors))];
        entries.AddRange(tensors.Select((tensor, key) => new KeyValuePair<string, byte[]>($"data/{key}", tensor.Value.StorageBytes())));
        entries.Add(new("version", "3\n"u8.ToArray()));
        return Zip(entries, compression);
    }

    public static byte[] Zip(IEnumerable<KeyValuePair<string, byte[]>> entries, CompressionLevel compression = CompressionLevel.NoCompression)
    {
        using MemoryStream bytes = new();
        using (ZipArchive zip = new(bytes, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] content) in entries)
            {
                using Stream entry = zip.CreateEntry($"tiny/{name}", compression).Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }

    public static byte[] StateDictPickle(IReadOnlyList<KeyValuePair<string, StoredTensor>> tensors) => PickleWriter.Write(writer =>
    {
        writer.Global("collections", "OrderedDict").Op(')').Op('R').Op('(');
        for (int i = 0; i < tensors.Count; i++)
        {
            writer.Text(tensors[i].Key);
            Tensor(writer, $"{i}", tensors[i].Value);
        }

        writer.Op('u');
    });

    private static void Tensor(PickleWriter writer, string key, StoredTensor tensor) => writer
        .Global("torch._utils", "_rebuild_tensor_v2").Op('(')
        .Op('(').Text("storage").Global("torch", tensor.StorageClass).Text(key).Text("cpu").Int(tensor.DeclaredCount ?? tensor.Storage.Length).Op('t').Op('Q')
        .Int(tensor.Offset).Tuple(tensor.Shape).Tuple(tensor.EffectiveStrides).Bool(false)
        .Global("collections", "OrderedDict").Op(')').Op('R')
        .Op('t').Op('R');
}
