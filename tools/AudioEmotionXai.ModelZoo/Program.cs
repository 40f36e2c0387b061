using System.Globalization;
using System.Text;
using AudioEmotionXai.ModelZoo;

// dotnet run -c Release --project tools/AudioEmotionXai.ModelZoo -- FOLDER [--out models.md]: tries every model of a folder, and prints
// what works as a table. Ends with 1 where anything is silently wrong.
string folder = args.Length > 0 ? args[0] : "../shared/zoo";
Dictionary<string, int> targets = Targets(Path.Combine(folder, "README.md"));
List<ZooRow> rows =
[
    .. Directory.GetFiles(folder, "*.onnx").Order(StringComparer.Ordinal)
        .Select(path => new ZooModel(path, targets.GetValueOrDefault(Path.GetFileNameWithoutExtension(path))).Run()),
];
string[] columns = ["predict", "gradient", "input-x-gradient", "integrated-gradients", "occlusion", "lime", "gradcam", "lrp"];
StringBuilder table = new("""
    # Which models work

    94 small files with random weights: exports of the architectures that audio people deploy, and graphs by hand (`h_`) for single operators and spellings. `dotnet run -c Release --project tools/AudioEmotionXai.ModelZoo -- FOLDER --out docs/models.md` tries all of them and writes this page; it ends with 1 where anything is silently wrong. The unit tests hold the same gradients.

    - **predict**: the largest difference of a probability from the model's own, by the bare runtime.
    - **gradient**: relative L2 against float64 autograd (1e-4 asked); by hand against central differences of float32 scores (2e-2). Of models whose numbers were rounded to 8 or 16 bits the reference is the network before rounding, in which other units are active.
    - **runs**: a finite map; there is nothing to compare it with. LIME and occlusion ask what the input's axes mean where the graph does not tell (`--layout`); GradCAM asks for a layer that shows frequency or time.
    - **lrp** is refused where attention, recurrence, gates or statistics pooling stand between input and scores; the error names the node.


    """);
table.AppendLine(CultureInfo.InvariantCulture, $"| model | head, input | {string.Join(" | ", columns)} |");
table.AppendLine(CultureInfo.InvariantCulture, $"|---|---|{string.Concat(columns.Select(_ => "---|"))}");
List<string> reasons = [];
foreach (ZooRow row in rows)
{
    IEnumerable<string> cells = columns.Select(column => row.Cells.TryGetValue(column, out ZooCell? cell) ? TextOf(cell, row, column, reasons) : "refused");
    table.AppendLine(CultureInfo.InvariantCulture, $"| {row.Name} | {row.Head}, {row.Layout} | {string.Join(" | ", cells)} |");
}

int Count(string column, params ZooOutcome[] outcomes) =>
    rows.Count(row => row.Cells.TryGetValue(column, out ZooCell? cell) && outcomes.Contains(cell.Outcome));
table.AppendLine();
foreach (string column in columns)
    table.AppendLine(
        CultureInfo.InvariantCulture,
        $"- {column}: {Count(column, ZooOutcome.Right, ZooOutcome.Ran)} of {rows.Count} run, {Count(column, ZooOutcome.Wrong)} wrong");
table.AppendLine();
table.AppendLine("Refused, with the reason:");
table.AppendLine();
foreach (string reason in reasons)
    table.AppendLine(CultureInfo.InvariantCulture, $"- {reason}");
Console.Write(table);
int at = Array.IndexOf(args, "--out");
if (at >= 0)
    File.WriteAllText(args[at + 1], table.ToString());
return rows.Any(row => row.Cells.Values.Any(cell => cell.Outcome == ZooOutcome.Wrong)) ? 1 : 0;

static string TextOf(ZooCell cell, ZooRow row, string column, List<string> reasons)
{
    if (cell.Outcome == ZooOutcome.Refused && column is "predict" or "gradient" or "integrated-gradients")
        reasons.Add($"{row.Name}, {column}: {cell.Text}");
    return cell.Outcome switch
    {
        ZooOutcome.Right => cell.Text,
        ZooOutcome.Ran => cell.Text.Length > 0 ? cell.Text : "runs",
        ZooOutcome.Refused => "refused",
        _ => $"**wrong** {cell.Text}",
    };
}

// The table of the folder's README: | name | what | opset | input | target |
static Dictionary<string, int> Targets(string readme)
{
    Dictionary<string, int> targets = [];
    foreach (string line in File.Exists(readme) ? File.ReadAllLines(readme) : [])
    {
        string[] cells = [.. line.Split('|').Select(cell => cell.Trim())];
        if (cells.Length >= 6 && int.TryParse(cells[5], CultureInfo.InvariantCulture, out int target))
            targets[cells[1]] = target;
    }

    return targets;
}
