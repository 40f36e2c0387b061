using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AudioEmotionXai.Listening.Cues;
using AudioEmotionXai.Models;

namespace AudioEmotionXai.Listening;

/// <summary>Writes <c>listen.json</c>; the README of the command line documents its members. A number that is not defined is null.</summary>
internal sealed class ListeningJson
{
    /// <summary>The form of the file; a change that breaks readers gets a new name.</summary>
    public const string Schema = "aexai-listen-1";

    private static readonly JsonWriterOptions s_options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Utf8JsonWriter _json;
    private readonly AudibleExplanation _heard;
    private readonly CueReport _cues;
    private readonly EmotionModel _model;

    private ListeningJson(Utf8JsonWriter json, AudibleExplanation heard, CueReport cues, EmotionModel model) => (_json, _heard, _cues, _model) = (json, heard, cues, model);

    /// <summary>The file's text.</summary>
    /// <param name="heard">What is told.</param>
    /// <param name="cues">What is special about its important part.</param>
    /// <param name="model">The model that was explained.</param>
    /// <param name="input">The recording's name.</param>
    public static string Write(AudibleExplanation heard, CueReport cues, EmotionModel model, string input)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, s_options))
            new ListeningJson(json, heard, cues, model).WriteAll(input);
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private void WriteAll(string input)
    {
        _json.WriteStartObject();
        _json.WriteString("schema", Schema);
        _json.WriteString("model", Path.GetFileName(_model.Name));
        _json.WriteString("input", input);
        _json.WriteString("method", _heard.Explained.Method);
        _json.WriteString("meaning", _heard.Explained.Meaning.ToString().ToLowerInvariant());
        _json.WriteStartObject("target");
        _json.WriteNumber("index", _heard.Explained.Target);
        _json.WriteString("label", _heard.TargetLabel);
        _json.WriteEndObject();
        WriteOptions();
        WriteNumber("sample_rate", _heard[SoundKind.Clip].Clip.SampleRate);
        WriteNumber("seconds", _heard.Seconds);
        WriteNumber("gain", _heard.Gain);
        WriteArray("sounds", _heard.Sounds, WriteSound);
        WriteRoundTrip();
        WriteArray("spans", _heard.Spans, WriteSpan);
        _json.WritePropertyName("cues");
        _cues.WriteTo(_json);
        _json.WriteStartArray("warnings");
        foreach (string warning in _heard.Warnings)
            _json.WriteStringValue(warning);
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void WriteOptions()
    {
        ListeningOptions options = _heard.Options;
        _json.WriteStartObject("options");
        WriteNumber("fraction", options.Fraction);
        WriteNumber("smoothing_cells", options.SmoothingCells);
        WriteNumber("attenuation_decibels", options.AttenuationDecibels ?? double.NaN);
        _json.WriteString("signed_maps", options.SignedMaps.ToString().ToLowerInvariant());
        _json.WriteNumber("draws", options.Draws);
        _json.WriteNumber("seed", options.Seed);
        _json.WriteEndObject();
    }

    private void WriteSound(HeardSound sound)
    {
        _json.WriteString("kind", SoundNames.IdOf(sound.Kind));
        _json.WriteString("file", SoundNames.IdOf(sound.Kind) + ".wav");
        WriteNumber("energy_share", sound.EnergyShare);
        WriteNumber("target_probability", sound.Prediction.Probabilities.Span[_heard.Explained.Target]);
        _json.WriteStartObject("prediction");
        _json.WriteNumber("index", sound.Prediction.Index);
        _json.WriteString("label", sound.Prediction.Label);
        WriteNumber("probability", sound.Prediction.Probability);
        _json.WriteStartObject("probabilities");
        for (int label = 0; label < _model.Labels.Count; label++)
            WriteNumber(_model.Labels[label], sound.Prediction.Probabilities.Span[label]);
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WriteRoundTrip()
    {
        RoundTrip trip = _heard.RoundTrip;
        _json.WriteStartObject("round_trip");
        _json.WriteBoolean("survives", trip.Survives);
        _json.WriteString("verdict", _heard.Verdict);
        WriteNumber("probability", trip.Probability);
        WriteNumber("important", trip.Important);
        WriteNumber("without_important", trip.WithoutImportant);
        _json.WriteStartArray("without_random");
        foreach (double random in trip.WithoutRandom)
            _json.WriteNumberValue(random);
        _json.WriteEndArray();
        WriteNumber("drop", trip.Drop);
        WriteNumber("random_drop", trip.RandomDrop);
        WriteNumber("beaten_share", trip.BeatenShare);
        _json.WriteBoolean("keeps_decision", trip.KeepsDecision);
        _json.WriteEndObject();
    }

    private void WriteSpan(RelevantSpan span)
    {
        WriteNumber("start", span.Start);
        WriteNumber("end", span.End);
        WriteNumber("share", span.Share);
        WriteNumber("low_hertz", span.LowHertz);
        WriteNumber("high_hertz", span.HighHertz);
    }

    private void WriteArray<T>(string name, IReadOnlyList<T> items, Action<T> writeMembers)
    {
        _json.WriteStartArray(name);
        foreach (T item in items)
        {
            _json.WriteStartObject();
            writeMembers(item);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteNumber(string name, double value)
    {
        if (double.IsFinite(value))
            _json.WriteNumber(name, value);
        else
            _json.WriteNull(name);
    }

    private void WriteNumber(string name, float value)
    {
        if (float.IsFinite(value))
            _json.WriteNumber(name, value);
        else
            _json.WriteNull(name);
    }
}
