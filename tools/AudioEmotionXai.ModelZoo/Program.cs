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
StringBuilder table = new();
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
foreach (string reason in reasons)
    table.AppendLine(CultureInfo.InvariantCulture, $"- {reason}");
Console.Write(table);
int at = Array.IndexOf(args, "--out");
if (at >= 0)
    File.WriteAllText(args[at + 1], table.ToString());
return rows.Any(row => row.Cells.Values.Any(cell => cell.Outcome == ZooOutcome.Wrong)) ? 1 : 0;

static string TextOf(ZooCell cell, ZooRow row, string column, List<string> reasons)
{
    if (cell.Outcome == ZooOutcome.Refused)
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
