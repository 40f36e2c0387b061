using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>A clip's part of a report.</summary>
internal sealed record PageClip
{
    /// <summary>The clip's name.</summary>
    public required string Name { get; init; }

    /// <summary>The true label, or null where it is not known.</summary>
    public required string? Truth { get; init; }

    /// <summary>The model's labels.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The probability of each label.</summary>
    public required IReadOnlyList<float> Probabilities { get; init; }

    /// <summary>The predicted label's index.</summary>
    public required int Predicted { get; init; }

    /// <summary>The classes whose probability is shown.</summary>
    public int[] Shown => ShownClasses.Of(Labels.Count, label => Probabilities[label]);

    /// <summary>Spectrogram and maps.</summary>
    public required ClipFigure Figure { get; init; }

    /// <summary>What can be listened to, or null where there is no recording.</summary>
    public PageSound? Sound { get; init; }

    /// <summary>Numbers per method: masking drops, sums of relevance, gaps.</summary>
    public IReadOnlyList<PageTable> Tables { get; init; } = [];

    /// <summary>What the methods warn of.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether the truth is known and another label was predicted.</summary>
    public bool IsWrong => Truth is not null && Truth != Labels[Predicted];

    /// <summary>The line over the clip's figure: name, true and predicted emotion, probability.</summary>
    public static string Headline(string name, string? truth, string predicted, float probability) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{name}{(truth is null ? "" : $" · true: {truth}")} · predicted: {predicted} {100 * probability:0.0} %");
}

/// <summary>The sounds of a clip's section: those of every map that was made audible.</summary>
/// <param name="Heard">By the map's place in the figure.</param>
internal sealed record PageSound(IReadOnlyList<KeyValuePair<int, AudibleExplanation>> Heard)
{
    /// <summary>The sounds of the only map.</summary>
    public static PageSound Of(AudibleExplanation heard) => new([new(0, heard)]);
}
