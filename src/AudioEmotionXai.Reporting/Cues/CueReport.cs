using System.Text.Json;
using System.Text.Json.Serialization;

namespace AudioEmotionXai.Reporting;

/// <summary>What is special about the important part of a clip: measured, in words, and as JSON.</summary>
public sealed class CueReport
{
    internal CueReport(PartCues important, PartCues rest, double clipSeconds, CueOptions options)
    {
        Important = important;
        Rest = rest;
        ClipSeconds = clipSeconds;
        Options = options;
        Sentences = CueWords.Of(this);
    }

    /// <summary>How long the clip is that the model hears.</summary>
    public double ClipSeconds { get; }

    /// <summary>The important part.</summary>
    public PartCues Important { get; }

    /// <summary>Everything else.</summary>
    public PartCues Rest { get; }

    /// <summary>How it was measured, and from where on a difference is told.</summary>
    [JsonIgnore]
    public CueOptions Options { get; }

    /// <summary>Where the important part lies, and what is distinctly different about it, in plain English, a sentence each.</summary>
    public IReadOnlyList<string> Sentences { get; }

    /// <summary>The cues as a JSON object; a cue that a part does not have is null.</summary>
    public string ToJson() => JsonText.From(this, ReportingContext.Default.CueReport) + "\n";

    /// <summary>Writes the same object where a larger document wants it.</summary>
    /// <param name="json">Stands where a value is expected.</param>
    public void WriteTo(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        JsonSerializer.Serialize(json, this, ReportingContext.Default.CueReport);
    }

    /// <summary>The sentences, one after the other.</summary>
    public override string ToString() => string.Join(' ', Sentences);
}
