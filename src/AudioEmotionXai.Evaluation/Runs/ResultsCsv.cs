using System.Globalization;
using System.Text;

namespace AudioEmotionXai.Evaluation;

/// <summary>Writes the rows of <c>results.csv</c>: one per clip, method, protocol, share and fill; numbers in the shortest text that reads
/// back the same.</summary>
internal sealed class ResultsCsv(ControlledProtocol protocol, VerificationRows rows, IReadOnlyList<string> labels)
{
    /// <summary>The first line.</summary>
    public const string Header =
        "clip,name,true,predicted,probability,method,protocol,fraction,fill,drop_important,drop_scattered,drop_shape_matched,"
            + "drop_equally_loud,log_odds_drop_important\n";

    /// <summary>The rows of some clips.</summary>
    public string Rows(IEnumerable<ClipOutcome> clips, IReadOnlyList<string> names)
    {
        StringBuilder text = new();
        foreach (ClipOutcome clip in clips)
        {
            string head = string.Create(
                CultureInfo.InvariantCulture,
                $"{clip.Clip},{CsvField.Of(names[clip.Clip])},{(clip.Truth >= 0 ? CsvField.Of(labels[clip.Truth]) : "")},"
                    + $"{CsvField.Of(labels[clip.Predicted])},{clip.Probability}");
            for (int row = 0; row < rows.All.Count; row++)
                Append(text, $"{head},{CsvField.Of(rows.All[row].Name)}", clip, row);
        }

        return text.ToString();
    }

    private void Append(StringBuilder text, string head, ClipOutcome clip, int row)
    {
        if (row < clip.Notebook.Length)
            text.Append(
                CultureInfo.InvariantCulture,
                $"{head},notebook,,mean,{clip.Notebook[row].Important},{clip.Notebook[row].Random},,,\n");
        for (int condition = 0; clip.Controlled is { } drops && condition < protocol.Conditions; condition++)
        {
            float own = (float)drops.Own(row, DropScale.Probability, [condition]);
            if (float.IsNaN(own))
                continue;
            string Of(MaskControl control) => row >= rows.Controlled && control != MaskControl.Scattered
                ? ""
                : ((float)drops.Control(row, control, DropScale.Probability, [condition])).ToString(CultureInfo.InvariantCulture);
            text.Append(
                CultureInfo.InvariantCulture,
                $"{head},controlled,{protocol.Fractions[condition / protocol.Fills.Count]},{NameOf(condition)},{own},"
                    + $"{Of(MaskControl.Scattered)},{Of(MaskControl.ShapeMatched)},{Of(MaskControl.EquallyLoud)},"
                    + $"{(float)drops.Own(row, DropScale.LogOdds, [condition])}\n");
        }
    }

    private string NameOf(int condition) => protocol.Fills[condition % protocol.Fills.Count].ToString().ToLowerInvariant();
}
