using System.Text;

namespace AudioEmotionXai.Reporting;

/// <summary>
/// Writes an audible explanation into a folder: the sounds as WAV files, the relevant spans as <c>labels.txt</c> (Audacity) and
/// <c>labels.vtt</c> (WebVTT), <c>listen.json</c>, <c>figure.svg</c>, and <c>index.html</c>, a self-contained page that plays it all.
/// `aexai listen` is a call of it.
/// </summary>
public sealed class ListeningReport
{
    private readonly AudioClassifier _model;
    private readonly AudibleExplanation _heard;
    private readonly CueReport _cues;
    private readonly string _name;

    private ListeningReport(AudioClassifier model, AudibleExplanation heard, string name)
    {
        (_model, _heard, _name) = (model, heard, name);
        AudioClip clip = heard[SoundKind.Clip].Clip;
        _cues = new CueAnalyzer(model.FrontEnd?.ForClip(clip).Options).Analyze(clip, heard.ImportantMask);
    }

    /// <summary>Writes the folder's files: none appears before all are written.</summary>
    /// <param name="model">The model that was explained.</param>
    /// <param name="heard">The explanation.</param>
    /// <param name="name">The recording's name, as page and JSON tell it.</param>
    /// <param name="folder">Gets the files; made where missing. Files of the same names are replaced, others stay.</param>
    /// <param name="cancellationToken">Ends the work before anything is written.</param>
    public static void Write(
        AudioClassifier model, AudibleExplanation heard, string name, string folder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(heard);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        KeyValuePair<string, ReadOnlyMemory<byte>>[] files = new ListeningReport(model, heard, name).Files();
        cancellationToken.ThrowIfCancellationRequested();
        AtomicFile.WriteAll(folder, files);
    }

    private KeyValuePair<string, ReadOnlyMemory<byte>>[] Files() =>
    [
        .. _heard.Sounds.Select(sound => new KeyValuePair<string, ReadOnlyMemory<byte>>(SoundNames.IdOf(sound.Kind) + ".wav", sound.Wav)),
        Text("labels.txt", LabelText.ToAudacity(Labels())),
        Text("labels.vtt", LabelText.ToWebVtt(Labels())),
        Text("listen.json", ListeningJson.Write(_heard, _cues, _model, _name)),
        Text("figure.svg", Figure().ToSvg()),
        Text("index.html", Page().Render()),
    ];

    private IEnumerable<TimeLabel> Labels() => _heard.Spans.Select(span => TimeLabel.From(span, _heard.Explained.Target.Label));

    private static KeyValuePair<string, ReadOnlyMemory<byte>> Text(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));

    private ClipFigure Figure()
    {
        Prediction prediction = _heard[SoundKind.Clip].Prediction;
        return new ClipFigure
        {
            Title = PageClip.Headline(_name, null, prediction.Label, prediction.Value),
            Spectrogram = _heard[SoundKind.Clip].Decibels,
            SpectrogramUnit = "dB",
            Axes = _heard.Explained.Axes,
            Maps =
            [
                new FigureMap(MethodName(), _heard.Explained.Map, $"for {_heard.Explained.Target.Label}"),
                new FigureMap("Important part", ImportantCells(), $"{Words.Percent(_heard.Options.Fraction)} of the cells"),
            ],
        };
    }

    private TimeFrequencyMap ImportantCells()
    {
        TimeFrequencyMap cells = _heard.Explained.Map.Clone();
        for (int cell = 0; cell < cells.Count; cell++)
            if (!_heard.ImportantMask.Span[cell])
                cells.Span[cell] = 0;
        return cells;
    }

    private string MethodName()
    {
        string method = _heard.Explained.Origin;
        int blank = method.IndexOf(' ', StringComparison.Ordinal);
        return method.Length == 0 ? "map" : blank < 0 ? method : method[..blank];
    }

    private ReportPage Page() =>
        new($"What the model heard as {_heard.Explained.Target.Label}", _heard.Verdict)
        {
            Clips = [Clip()],
            HasClipList = false,
            Axes = _heard.Explained.Axes,
            Provenance =
            [
                new("Model", Path.GetFileName(_model.Name)),
                new("Method", _heard.Explained.Origin),
                new("Important part", _heard.Options.ToString()),
                new(
                    "Sounds",
                    "the clip's own short-time Fourier transform, phases kept, turned down in the cells left out; written as a 16-bit WAV "
                        + "file, read back, and given to the model"),
                .. Provenance.Versions(),
            ],
        };

    private PageClip Clip()
    {
        Prediction prediction = _heard[SoundKind.Clip].Prediction;
        return new PageClip
        {
            Name = _name,
            Truth = null,
            Labels = _model.Labels,
            Probabilities = prediction.Values.ToArray(),
            Predicted = prediction.Index,
            Figure = Figure(),
            Sound = PageSound.Of(_heard),
            Tables = [SoundTable.Create(_heard, _model.Labels), CueTable.Create(_cues)],
            Warnings = _heard.Warnings,
        };
    }
}
