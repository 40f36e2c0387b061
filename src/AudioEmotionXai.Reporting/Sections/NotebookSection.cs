namespace AudioEmotionXai.Reporting;

/// <summary>The notebook's protocol in the report: its table and chart, and what they do not show.</summary>
internal static class NotebookSection
{
    /// <summary>The section.</summary>
    public static PageSection Create(VerificationResult result, NotebookTable table) =>
        new("The notebook's table")
        {
            Verdict = table.Best is null ? null : $"Largest mean efficiency: {table.Best}.",
            Notes =
            [
                "Each method masks its own area, filled with the clip's mean, against one random mask of as many cells. Areas differ "
                    + "between methods, scattered cells are a weak control, and one draw has no spread: what can be claimed is the "
                    + "controlled protocol's to say.",
            ],
            Charts = [Chart(result, table).Draw()],
            Tables = [Means(result, table), Table(result, table)],
        };

    /// <summary>The chart, also written as a file.</summary>
    public static BarChart Chart(VerificationResult result, NotebookTable table)
    {
        string[] emotions = [.. table.Rows.Select(row => row.Emotion).Distinct()];
        Bar[,] bars = new Bar[emotions.Length, result.Methods.Count];
        for (int emotion = 0; emotion < emotions.Length; emotion++)
            for (int method = 0; method < result.Methods.Count; method++)
                bars[emotion, method] = new Bar(
                    100 * (Find(table, result.Methods[method], emotions[emotion])?.Efficiency ?? double.NaN), double.NaN, double.NaN);
        return new BarChart("Efficiency in the notebook's sense", "percentage points", emotions, result.Methods)
        {
            Caption = "important minus random drop; for maps of unimportance random minus important",
            Bars = bars,
        };
    }

    private static PageTable Means(VerificationResult result, NotebookTable table) =>
        new(
            "Means over emotions, in percentage points",
            ["method", "important", "random", "efficiency", "effective"],
            [
                .. result
                    .Methods.Select(method => Find(table, method, NotebookTable.MeanRow))
                    .OfType<NotebookRow>()
                    .Select(row =>
                        (IReadOnlyList<string>)
                            [
                                row.Method, Words.Points(row.Important), Words.Points(row.Random), Words.Points(row.Efficiency),
                                row.IsEffective ? "yes" : "no",
                            ]),
            ])
        {
            StrongRows = [.. result.Methods.Index().Where(method => method.Item == table.Best).Select(method => method.Index)],
        };

    private static PageTable Table(VerificationResult result, NotebookTable table)
    {
        string[] emotions = [.. table.Rows.Select(row => row.Emotion).Distinct()];
        List<string> headers = ["emotion", "clips"];
        foreach (string method in result.Methods)
            headers.AddRange([$"{method}: important", "random"]);
        List<IReadOnlyList<string>> rows = [];
        foreach (string emotion in emotions)
        {
            List<string> row = [emotion, Words.Count(table.Rows.First(other => other.Emotion == emotion).Clips)];
            foreach (string method in result.Methods)
            {
                NotebookRow? cell = Find(table, method, emotion);
                row.AddRange([Words.Points(cell?.Important ?? double.NaN), Words.Points(cell?.Random ?? double.NaN)]);
            }

            rows.Add(row);
        }

        return new PageTable("Falls of the predicted class's probability, in percentage points", headers, rows)
        {
            StrongRows = [.. emotions.Index().Where(emotion => emotion.Item == NotebookTable.MeanRow).Select(emotion => emotion.Index)],
        };
    }

    private static NotebookRow? Find(NotebookTable table, string method, string emotion) =>
        table.Rows.FirstOrDefault(row => row.Method == method && row.Emotion == emotion);
}
