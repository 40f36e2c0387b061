using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>Writes a clip's section: what the model said, the picture with its switches, and the figure for paper.</summary>
internal static class ClipView
{
    private const double Width = 620, Height = 400, Left = 62, Top = 8, PictureWidth = 546, PictureHeight = 340;

    /// <summary>Writes one section.</summary>
    public static void Write(PageText page, PageClip clip, int index)
    {
        string predicted = clip.Labels[clip.Predicted];
        page.Raw(string.Create(CultureInfo.InvariantCulture, $"<section class=\"card\" id=\"clip-{index}\">\n")).Element("h2", clip.Name);
        page.Raw("<p class=\"lead\">").Raw(clip.Truth is null ? "" : $"true: <strong>{PageText.Escape(clip.Truth)}</strong> · ");
        page.Raw(
            string.Create(
                CultureInfo.InvariantCulture,
                $"predicted: <strong>{PageText.Escape(predicted)}</strong> {100 * clip.Probabilities[clip.Predicted]:0.0} %"));
        page.Raw(
            clip.Truth is null
                ? "</p>\n"
                : $" <span class=\"badge{(clip.IsWrong ? " wrong" : "")}\">{(clip.IsWrong ? "wrong" : "right")}</span></p>\n");
        page.Raw(string.Create(CultureInfo.InvariantCulture, $"<div class=\"viewer\" data-clip=\"{index}\">\n"));
        WriteLeft(page, clip, index);
        WritePanel(page, clip, index);
        page.Raw("</div>\n");
        if (clip.Warnings.Count > 0)
            page.Raw("<ul class=\"warnings\">")
                .Raw(string.Concat(clip.Warnings.Select(warning => $"<li>{PageText.Escape(warning)}</li>")))
                .Raw("</ul>\n");
        foreach (PageTable table in clip.Tables)
            table.Write(page);
        page.Raw("<details open><summary>All maps side by side</summary><div class=\"figure\">")
            .Raw(clip.Figure.Draw().ToElement())
            .Raw("</div></details>\n</section>\n");
    }

    private static void WriteLeft(PageText page, PageClip clip, int index)
    {
        if (clip.Sound is null)
        {
            WriteStage(page, clip);
            return;
        }

        page.Raw("<div class=\"left\">\n");
        WriteStage(page, clip);
        SoundView.Write(page, clip, clip.Sound, index);
        page.Raw("</div>\n");
    }

    private static void WriteStage(PageText page, PageClip clip)
    {
        SvgCanvas canvas = new(Width, Height, $"Axes of {clip.Name}");
        MapAxes.Draw(
            canvas, Left, Top, PictureWidth, PictureHeight, clip.Figure.Spectrogram.Bins, clip.Figure.Spectrogram.Frames, clip.Figure.Axes,
            tickCount: 7);
        page.Raw("<div class=\"stage figure\">").Raw(canvas.ToElement());
        string place = string.Create(
            CultureInfo.InvariantCulture,
            $"style=\"left:{100 * Left / Width:0.###}%;top:{100 * Top / Height:0.###}%;"
                + $"width:{100 * PictureWidth / Width:0.###}%;height:{100 * PictureHeight / Height:0.###}%\""
        );
        page.Raw(
            $"<canvas class=\"picture\" tabindex=\"0\" role=\"img\" aria-label=\"Spectrogram with the chosen map; arrow keys read out "
                + $"cells\" {place}></canvas>");
        page.Raw(
                clip.Sound is null
                    ? ""
                    : $"<div class=\"track\" {place}><div class=\"marks\"></div><div class=\"loop\" hidden></div><div class=\"playhead\" "
                        + $"hidden></div></div>")
            .Raw("</div>\n");
    }

    private static void WritePanel(PageText page, PageClip clip, int index)
    {
        page.Raw("<div class=\"panel\">\n<fieldset><legend>Overlay</legend>\n");
        WriteChoice(page, index, -1, "spectrogram alone", isChosen: clip.Figure.Maps.Count == 0);
        for (int map = 0; map < clip.Figure.Maps.Count; map++)
            WriteChoice(page, index, map, clip.Figure.Maps[map].Title, isChosen: map == 0);
        page.Raw(
            "</fieldset>\n<div><canvas class=\"bar\" aria-hidden=\"true\"></canvas><div "
                + "class=\"ends\"><span></span><span></span><span></span></div></div>\n");
        page.Raw(
            "<label class=\"slider\">Opacity of the map: <output class=\"alpha\"></output><input class=\"opacity\" type=\"range\" "
                + "min=\"0\" max=\"100\" value=\"65\"></label>\n");
        page.Raw(
            "<label class=\"slider\">Mask the strongest: <output class=\"percent\"></output><input class=\"share\" type=\"range\" "
                + "min=\"0\" max=\"50\" step=\"1\" value=\"0\"></label>\n<span class=\"note masked\"></span>\n");
        page.Raw("<div class=\"readout\" aria-live=\"polite\"></div>\n<div class=\"odds\">\n");
        foreach (int label in clip.Shown)
            page.Raw(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"<span>{PageText.Escape(clip.Labels[label])}</span><meter min=\"0\" max=\"1\" "
                        + $"value=\"{clip.Probabilities[label]:0.####}\" "
                        + $"aria-label=\"{PageText.Escape(clip.Labels[label])}\"></meter><span>{100 * clip.Probabilities[label]:0.0} "
                        + $"%</span>\n"));
        page.Raw("</div>\n");
        if (ShownClasses.LeftOut(clip.Labels.Count) is { } leftOut)
            page.Element("span", leftOut, "class=\"note\"");
        page.Raw("</div>\n");
    }

    private static void WriteChoice(PageText page, int clip, int map, string name, bool isChosen) =>
        page.Raw(
            string.Create(
                CultureInfo.InvariantCulture,
                $"<label><input type=\"radio\" name=\"map-{clip}\" "
                    + $"value=\"{map}\"{(isChosen ? " checked" : "")}>{PageText.Escape(name)}</label>\n"));
}
