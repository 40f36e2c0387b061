using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AudioEmotionXai.Evaluation;

/// <summary>
/// The finished batches of a run on disk: <c>parts/00003.csv</c> with the table's rows and <c>parts/00003.npz</c> with every raw drop.
/// The .npz is written last and whole, so its presence means that the batch is done; it carries the hash of the rows. A part that a loss
/// of power or a full disk has damaged counts as not done, and <paramref name="warn"/> is told; in a folder that is merged it is an error.
/// </summary>
internal sealed class PartStore(string folder, string key, ControlledProtocol protocol, VerificationRows rows, Action<string> warn)
{
    private const string KeyName = "key", RowsName = "rows_sha256";

    private readonly DropLayout _layout = protocol.LayoutOf(rows.All.Count, rows.Controlled);

    private string Parts => Path.Combine(folder, "parts");

    /// <summary>Whether a batch is done.</summary>
    /// <exception cref="ArgumentException">The folder holds batches of another run.</exception>
    public bool Contains(int batch)
    {
        string file = ArraysOf(batch);
        if (!File.Exists(file))
            return false;
        if (Damage(file) is not { } damage)
            return IsOurs(file) ? true : throw Stranger(file);
        warn($"{damage}; its clips are measured again.");
        File.Delete(file);
        return false;
    }

    /// <summary>Removes batches of other runs.</summary>
    public void RemoveOthers()
    {
        if (!Directory.Exists(Parts))
            return;
        foreach (string file in Directory.GetFiles(Parts, "*.npz"))
            if (Damage(file) is null && !IsOurs(file))
            {
                File.Delete(file);
                File.Delete(Path.ChangeExtension(file, ".csv"));
            }
    }

    /// <summary>Takes over the finished batches of another folder: all of them, or none.</summary>
    /// <exception cref="ArgumentException">That folder holds batches of another run, or none.</exception>
    /// <exception cref="FormatException">A batch of that folder is damaged; the message names its file.</exception>
    public void Merge(string other)
    {
        string parts = Path.Combine(other, "parts");
        if (!Directory.Exists(parts))
            throw new ArgumentException($"{other} holds no parts/ folder of a verification.", nameof(other));
        string[] files = [.. Directory.GetFiles(parts, "*.npz").Order(StringComparer.Ordinal)];
        foreach (string file in files)
            if (Damage(file) is { } damage)
                throw new FormatException(
                    $"{damage}, so {other} cannot be merged. Run that part in its own folder again, or remove {file} to have its clips "
                        + $"measured here.");
            else if (!IsOurs(file))
                throw Stranger(file);
        foreach (string file in files)
        {
            string rows = Path.ChangeExtension(file, ".csv");
            AtomicFile.WriteAllBytes(Path.Combine(Parts, Path.GetFileName(rows)), File.ReadAllBytes(rows), lasts: true);
            AtomicFile.WriteAllBytes(Path.Combine(Parts, Path.GetFileName(file)), File.ReadAllBytes(file), lasts: true);
        }
    }

    /// <summary>Writes a finished batch.</summary>
    public void Write(int batch, IReadOnlyList<ClipOutcome> clips, string rows)
    {
        AtomicFile.WriteAllText(RowsOf(batch), rows, lasts: true);
        List<KeyValuePair<string, NpyArray>> arrays = Arrays(clips);
        string hash = HashOf(Encoding.UTF8.GetBytes(rows), arrays.Select(array => array.Key));
        NpzFile.Write(ArraysOf(batch), [.. arrays, new(RowsName, NpyArray.From([hash]))], lasts: true);
    }

    /// <summary>The rows of a finished batch.</summary>
    public string ReadRows(int batch) => File.ReadAllText(RowsOf(batch));

    /// <summary>The clips of a finished batch.</summary>
    public ClipOutcome[] Read(int batch)
    {
        NpzFile file = NpzFile.Read(ArraysOf(batch));
        int[] clips = file["clip"].ToInt32s(), truths = file["true"].ToInt32s(), predicted = file["predicted"].ToInt32s();
        float[] probabilities = file["probability"].ToFloats();
        string[] undefined = file["undefined"].ToStrings();
        ClipDrops[]? controlled = file.Names.Contains(DropLayout.Blocks[0]) ? ReadControlled(file, clips.Length) : null;
        return [.. clips.Select((clip, i) => new ClipOutcome
        {
            Clip = clip,
            Truth = truths[i],
            Predicted = predicted[i],
            Probability = probabilities[i],
            Undefined = undefined[i],
            Notebook = file.Names.Contains("notebook") ? ReadNotebook(file["notebook"].ToFloats(), i) : [],
            Controlled = controlled?[i],
        })];
    }

    /// <summary>Everything measured, as arrays with the clips first.</summary>
    public List<KeyValuePair<string, NpyArray>> Arrays(IReadOnlyList<ClipOutcome> clips)
    {
        int n = clips.Count;
        List<KeyValuePair<string, NpyArray>> arrays =
        [
            new(KeyName, NpyArray.From([key])),
            new("clip", NpyArray.From((int[])[.. clips.Select(clip => clip.Clip)], n)),
            new("true", NpyArray.From((int[])[.. clips.Select(clip => clip.Truth)], n)),
            new("predicted", NpyArray.From((int[])[.. clips.Select(clip => clip.Predicted)], n)),
            new("probability", NpyArray.From((float[])[.. clips.Select(clip => clip.Probability)], n)),
            new("undefined", NpyArray.From((string[])[.. clips.Select(clip => clip.Undefined)])),
        ];
        if (clips.All(clip => clip.Notebook.Length > 0))
            arrays.Add(
                new(
                    "notebook",
                    NpyArray.From(
                        (float[])
                            [
                                .. clips
                                    .SelectMany(clip => clip.Notebook)
                                    .SelectMany(drop => (float[])[drop.Masked, drop.Important, drop.Random]),
                            ],
                        n,
                        rows.Measured.Count,
                        3)));
        if (clips.All(clip => clip.Controlled is not null))
            foreach (DropScale scale in Enum.GetValues<DropScale>())
                for (int block = 0; block < DropLayout.Blocks.Length; block++)
                    arrays.Add(new(NameOf(block, scale), BlockOf(clips, block, scale)));
        return arrays;
    }

    private NpyArray BlockOf(IReadOnlyList<ClipOutcome> clips, int block, DropScale scale)
    {
        int first = _layout.Start(block), count = _layout.Start(block + 1) - first;
        float[] values = [.. clips.SelectMany(clip => clip.Controlled!.Lines(first, count, scale).ToArray())];
        return NpyArray.From(
            values, [clips.Count, .. _layout.ShapeOf(block), protocol.Fractions.Count, protocol.Fills.Count]);
    }

    private static string NameOf(int block, DropScale scale) =>
        DropLayout.Blocks[block] + (scale == DropScale.LogOdds ? "_log_odds" : "");

    private NotebookDrop[] ReadNotebook(float[] values, int clip) =>
        [
            .. Enumerable
                .Range(clip * rows.Measured.Count, rows.Measured.Count)
                .Select(at => new NotebookDrop((int)values[3 * at], values[(3 * at) + 1], values[(3 * at) + 2])),
        ];

    private ClipDrops[] ReadControlled(NpzFile file, int clips)
    {
        ClipDrops[] drops = [.. Enumerable.Range(0, clips).Select(_ => new ClipDrops(_layout))];
        foreach (DropScale scale in Enum.GetValues<DropScale>())
            for (int block = 0; block < DropLayout.Blocks.Length; block++)
            {
                int first = _layout.Start(block), count = _layout.Start(block + 1) - first;
                ReadOnlySpan<float> values = file[NameOf(block, scale)].ToFloats();
                int length = values.Length / clips;
                for (int clip = 0; clip < clips; clip++)
                    values.Slice(clip * length, length).CopyTo(drops[clip].Lines(first, count, scale));
            }

        return drops;
    }

    private bool IsOurs(string file) => NpzFile.Read(file)[KeyName].ToStrings() is [{ } found] && found == key;

    /// <summary>What is wrong with a part, or null: it cannot be read, or its rows are not those that were written.</summary>
    private static string? Damage(string file)
    {
        try
        {
            string rows = Path.ChangeExtension(file, ".csv");
            NpzFile arrays = NpzFile.Read(file);
            string[] written = arrays[RowsName].ToStrings();
            if (!File.Exists(rows))
                return $"{rows}: is missing";
            string expected = HashOf(File.ReadAllBytes(rows), arrays.Names.Where(name => name != RowsName));
            return written is [{ } hash] && hash == expected ? null : $"{rows}, or {file}: is damaged";
        }
        catch (FormatException damaged)
        {
            return $"{file}: is damaged ({damaged.Message.TrimEnd('.')})";
        }
    }

    /// <summary>The hash of a part's rows and of the names of its arrays, whose values have checksums.</summary>
    private static string HashOf(byte[] rows, IEnumerable<string> names) =>
        Convert.ToHexStringLower(
            SHA256.HashData([.. rows, .. Encoding.UTF8.GetBytes(string.Join('\n', names.Order(StringComparer.Ordinal)))]));

    private static ArgumentException Stranger(string file) =>
        new($"{file} belongs to a verification with another model, clips, methods or options; choose another folder, or remove that one.");

    private string ArraysOf(int batch) => Path.Combine(Parts, string.Create(CultureInfo.InvariantCulture, $"{batch:00000}.npz"));

    private string RowsOf(int batch) => Path.Combine(Parts, string.Create(CultureInfo.InvariantCulture, $"{batch:00000}.csv"));
}
