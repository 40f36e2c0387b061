using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>Writes the player under a clip's picture: the takes of every map with the model's answers, its verdict, and its relevant
/// spans.</summary>
internal static class SoundView
{
    private const int MostSpans = 8;

    /// <summary>Writes it.</summary>
    public static void Write(PageText page, PageClip clip, PageSound sound, int index)
    {
        page.Raw(
            "<div class=\"sound\">\n<div class=\"transport\"><button class=\"play\" type=\"button\" "
                + "aria-pressed=\"false\">Play</button><output class=\"clock\">0.00 s</output>");
        page.Raw(
            "<button class=\"unloop\" type=\"button\" hidden>End the loop</button><label class=\"switch\"><input class=\"dim\" "
                + "type=\"checkbox\" checked>Dim what is left out</label></div>\n");
        for (int set = 0; set < sound.Heard.Count; set++)
            WriteSet(page, clip, sound.Heard[set], string.Create(CultureInfo.InvariantCulture, $"take-{index}-{set}"), isHidden: set > 0);
        page.Raw(
            "<p class=\"note keys\">Click the picture to seek, drag over it to loop. <kbd>Space</kbd> plays, <kbd>1</kbd>–<kbd>4</kbd> "
                + "switch the sound at the same place, <kbd>←</kbd> <kbd>→</kbd> step in the picture (<kbd>Shift</kbd>: 8 frames), "
                + "<kbd>[</kbd> <kbd>]</kbd> set the loop's ends, <kbd>Esc</kbd> ends it.</p>\n</div>\n");
    }

    private static void WriteSet(PageText page, PageClip clip, KeyValuePair<int, AudibleExplanation> set, string name, bool isHidden)
    {
        AudibleExplanation heard = set.Value;
        page.Raw(
            string.Create(
                CultureInfo.InvariantCulture,
                $"<div class=\"takes\" data-map=\"{set.Key}\"{(isHidden ? " hidden" : "")}>\n<fieldset><legend>Listen · probability of "
                    + $"<strong>{PageText.Escape(heard.Explained.Target.Label)}</strong></legend>\n"));
        for (int take = 0; take < heard.Sounds.Count; take++)
            WriteTake(page, heard, take, name);
        page.Raw("</fieldset>\n<p class=\"trip\">")
            .Raw(
                $"<span class=\"badge{(heard.RoundTrip.Survives == false ? " wrong" : "")}\">"
                    + $"{RoundTripWords.Badge(heard.RoundTrip)}</span> ");
        page.Raw(PageText.Escape(heard.Verdict)).Raw("</p>\n");
        if (clip.Sound is { Heard.Count: > 1 } && heard.Warnings.Count > 0)
            page.Raw("<ul class=\"warnings\">")
                .Raw(string.Concat(heard.Warnings.Select(warning => $"<li>{PageText.Escape(warning)}</li>")))
                .Raw("</ul>\n");
        WriteSpans(page, heard);
        page.Raw("</div>\n");
    }

    private static void WriteTake(PageText page, AudibleExplanation heard, int take, string name)
    {
        HeardSound sound = heard.Sounds[take];
        float probability = sound.Prediction.Values.Span[heard.Explained.Target.Index];
        string change = sound.Kind == SoundKind.Clip ? "" : Words.Points(probability - heard.RoundTrip.Probability);
        page.Raw(
            string.Create(
                CultureInfo.InvariantCulture,
                $"<label class=\"take\"><input type=\"radio\" name=\"{name}\" value=\"{take}\"{(take == 0 ? " checked" : "")}>"));
        page.Raw(
            string.Create(
                CultureInfo.InvariantCulture,
                $"<kbd>{take + 1}</kbd><span>{PageText.Escape(SoundNames.TitleOf(sound.Kind))}</span><meter min=\"0\" max=\"1\" "
                    + $"value=\"{probability:0.####}\" aria-hidden=\"true\"></meter>"));
        page.Raw(
            string.Create(
                CultureInfo.InvariantCulture,
                $"<span class=\"n\">{100 * probability:0.0} %</span><span class=\"n change\">{change}</span><span class=\"as\">heard as "
                    + $"{PageText.Escape(sound.Prediction.Label)}</span></label>\n"));
    }

    private static void WriteSpans(PageText page, AudibleExplanation heard)
    {
        if (heard.Spans.Count == 0)
            return;
        page.Raw(
            "<div class=\"spans\" role=\"group\" aria-label=\"Relevant spans\"><span class=\"note\">Loop where relevance is high:</span>\n"
        );
        foreach (RelevantSpan span in heard.Spans.OrderByDescending(span => span.Share).Take(MostSpans).OrderBy(span => span.Start))
            page.Raw(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"<button type=\"button\" data-start=\"{span.Start:0.####}\" "
                        + $"data-end=\"{span.End:0.####}\">{span.Start:0.00}–{span.End:0.00} s<small>{100 * span.Share:0} % · "
                        + $"{span.LowHertz:0} to {span.HighHertz:0} Hz</small></button>\n"));
        page.Raw("</div>\n");
    }
}
