using System.Globalization;
using System.Text;

namespace AudioEmotionXai.Evaluation;

/// <summary>Writes the rows of <c>results.csv</c>: one per clip, method, protocol, share and fill; numbers in the shortest text that reads
/// back the same.</summary>
internal sealed class ResultsCsv(ControlledProtocol protocol, IReadOnlyList<string> methods, IReadOnlyList<string> labels)
{
    /// <summary>The first line.</summary>
    public const string Header =
        "clip,name,true,predicted,probability,method,protocol,fraction,fill,drop_important,drop_scattered,drop_shape_matched\n";

    /// <summary>The rows of some clips.</summary>
    public string Rows(IEnumerable<ClipOutcome> clips, IReadOnlyList<string> names)
    {
        StringBuilder rows = new();
        foreach (ClipOutcome clip in clips)
        {
            string head = string.Create(
                CultureInfo.InvariantCulture,
                $"{clip.Clip},{CsvField.Of(names[clip.Clip])},{(clip.Truth >= 0 ? CsvField.Of(labels[clip.Truth]) : "")},"
                    + $"{CsvField.Of(labels[clip.Predicted])},{clip.Probability}"
            );
            for (int method = 0; method < methods.Count; method++)
                AppendMethod(rows, head, clip, method);
        }

        return rows.ToString();
    }

    private void AppendMethod(StringBuilder rows, string head, ClipOutcome clip, int method)
    {
        string name = CsvField.Of(methods[method]);
        if (clip.Notebook.Length > 0)
            rows.Append(
                CultureInfo.InvariantCulture,
                $"{head},{name},notebook,,mean,{clip.Notebook[method].Important},{clip.Notebook[method].Random},\n");
        for (int condition = 0; clip.Controlled is not null && condition < protocol.Conditions; condition++)
            if (!double.IsNaN(clip.Controlled.ImportantAt(method, condition)))
                rows.Append(
                    CultureInfo.InvariantCulture,
                    $"{head},{name},controlled,{protocol.Fractions[condition / protocol.Fills.Count]},{NameOf(condition)},"
                        + $"{(float)clip.Controlled.ImportantAt(method, condition)},"
                        + $"{(float)clip.Controlled.ControlAt(method, MaskControl.Scattered, condition)},"
                        + $"{(float)clip.Controlled.ControlAt(method, MaskControl.ShapeMatched, condition)}\n"
                );
    }

    private string NameOf(int condition) => protocol.Fills[condition % protocol.Fills.Count].ToString().ToLowerInvariant();
}
