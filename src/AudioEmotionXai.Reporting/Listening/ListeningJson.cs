using System.Text.Json;

namespace AudioEmotionXai.Reporting;

/// <summary>Writes <c>listen.json</c>; the README of the command line documents its members. A number that is not defined is
/// null.</summary>
internal sealed class ListeningJson
{
    /// <summary>The form of the file; a change that breaks readers gets a new name.</summary>
    public const string Schema = "aexai-listen-1";

    private readonly Utf8JsonWriter _json;
    private readonly AudibleExplanation _heard;
    private readonly CueReport _cues;
    private readonly AudioClassifier _model;

    private ListeningJson(Utf8JsonWriter json, AudibleExplanation heard, CueReport cues, AudioClassifier model) =>
        (_json, _heard, _cues, _model) = (json, heard, cues, model);

    /// <summary>The file's text.</summary>
    /// <param name="heard">What is told.</param>
    /// <param name="cues">What is special about its important part.</param>
    /// <param name="model">The model that was explained.</param>
    /// <param name="input">The recording's name.</param>
    public static string Write(AudibleExplanation heard, CueReport cues, AudioClassifier model, string input) =>
        JsonText.Of(json => new ListeningJson(json, heard, cues, model).WriteAll(input)) + "\n";

    private void WriteAll(string input)
    {
        _json.WriteString("schema", Schema);
        _json.WriteString("model", Path.GetFileName(_model.Name));
        _json.WriteString("input", input);
        _json.WriteString("method", _heard.Explained.Origin);
        _json.WriteString("meaning", _heard.Explained.Meaning.ToString().ToLowerInvariant());
        _json.WriteStartObject("target");
        _json.WriteNumber("index", _heard.Explained.Target.Index);
        _json.WriteString("label", _heard.Explained.Target.Label);
        _json.WriteEndObject();
        WriteOptions();
        _json.WriteFinite("sample_rate", _heard[SoundKind.Clip].Clip.SampleRate);
        _json.WriteFinite("seconds", _heard.Seconds);
        _json.WriteFinite("gain", _heard.Gain);
        _json.WriteObjects("sounds", _heard.Sounds, WriteSound);
        WriteRoundTrip();
        _json.WriteObjects("spans", _heard.Spans, WriteSpan);
        _json.WritePropertyName("cues");
        _cues.WriteTo(_json);
        _json.WriteTexts("warnings", _heard.Warnings);
    }

    private void WriteOptions()
    {
        ListeningOptions options = _heard.Options;
        _json.WriteStartObject("options");
        _json.WriteFinite("fraction", options.Fraction);
        _json.WriteFinite("smoothing_cells", options.SmoothingCells);
        _json.WriteFinite("attenuation_decibels", options.AttenuationDecibels);
        _json.WriteString("signed_maps", options.SignedMaps.ToString().ToLowerInvariant());
        _json.WriteNumber("draws", options.Draws);
        _json.WriteNumber("seed", options.Seed);
        _json.WriteEndObject();
    }

    private void WriteSound(HeardSound sound)
    {
        _json.WriteString("kind", SoundNames.IdOf(sound.Kind));
        _json.WriteString("file", SoundNames.IdOf(sound.Kind) + ".wav");
        _json.WriteFinite("energy_share", sound.EnergyShare);
        _json.WriteFinite("target_probability", sound.Prediction.Probabilities.Span[_heard.Explained.Target.Index]);
        _json.WriteStartObject("prediction");
        _json.WriteNumber("index", sound.Prediction.Index);
        _json.WriteString("label", sound.Prediction.Label);
        _json.WriteFinite("probability", sound.Prediction.Probability);
        _json.WriteStartObject("probabilities");
        for (int label = 0; label < _model.Labels.Count; label++)
            _json.WriteFinite(_model.Labels[label], sound.Prediction.Probabilities.Span[label]);
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WriteRoundTrip()
    {
        RoundTrip trip = _heard.RoundTrip;
        _json.WriteStartObject("round_trip");
        _json.WriteBoolean("survives", trip.Survives);
        _json.WriteString("verdict", _heard.Verdict);
        _json.WriteFinite("probability", trip.Probability);
        _json.WriteFinite("important", trip.Important);
        _json.WriteFinite("without_important", trip.WithoutImportant);
        _json.WriteNumbers("without_random", [.. trip.WithoutRandom]);
        _json.WriteFinite("drop", trip.Drop);
        _json.WriteFinite("random_drop", trip.RandomDrop);
        _json.WriteFinite("beaten_share", trip.BeatenShare);
        _json.WriteBoolean("keeps_decision", trip.KeepsDecision);
        _json.WriteEndObject();
    }

    private void WriteSpan(RelevantSpan span)
    {
        _json.WriteFinite("start", span.Start);
        _json.WriteFinite("end", span.End);
        _json.WriteFinite("share", span.Share);
        _json.WriteFinite("low_hertz", span.LowHertz);
        _json.WriteFinite("high_hertz", span.HighHertz);
    }
}
