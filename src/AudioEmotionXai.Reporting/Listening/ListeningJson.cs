namespace AudioEmotionXai.Reporting;

/// <summary>What <c>listen.json</c> holds; the README of the command line documents its members. A number that is not defined is
/// null.</summary>
internal sealed record ListeningJson(
    string Schema, string Model, string Input, string Method, MapMeaning Meaning, TargetJson Target, ListeningOptions Options,
    int SampleRate, double Seconds, double Gain, IEnumerable<SoundJson> Sounds, RoundTripJson RoundTrip,
    IReadOnlyList<RelevantSpan> Spans, CueReport Cues, IReadOnlyList<string> Warnings)
{
    /// <summary>The form of the file; a change that breaks readers gets a new name.</summary>
    public const string CurrentSchema = "aexai-listen-2";

    /// <summary>The file's text.</summary>
    /// <param name="heard">What is told.</param>
    /// <param name="cues">What is special about its important part.</param>
    /// <param name="model">The model that was explained.</param>
    /// <param name="input">The recording's name.</param>
    public static string Write(AudibleExplanation heard, CueReport cues, AudioClassifier model, string input)
    {
        Explanation map = heard.Explained;
        RoundTrip trip = heard.RoundTrip;
        return JsonText.From(
            new ListeningJson(
                CurrentSchema, Path.GetFileName(model.Name), input, map.Origin, map.Meaning,
                new TargetJson(map.Target.Index, map.Target.Label), heard.Options,
                heard[SoundKind.Clip].Clip.SampleRate, heard.Seconds, heard.Gain,
                heard.Sounds.Select(sound => new SoundJson(
                    SoundNames.IdOf(sound.Kind), SoundNames.IdOf(sound.Kind) + ".wav", sound.EnergyShare,
                    sound.Prediction.Values.Span[map.Target.Index], PredictionJson.From(sound.Prediction))),
                new RoundTripJson(
                    trip.Survives, heard.Verdict, trip.Probability, trip.Important, trip.WithoutImportant, trip.WithoutRandom, trip.Drop,
                    trip.RandomDrop, trip.Lead, trip.EffectSize, trip.Rank, trip.RankP, trip.BeatenShare, trip.KeepsDecision),
                heard.Spans, cues, heard.Warnings),
            ReportingContext.Default.ListeningJson) + "\n";
    }
}

internal sealed record SoundJson(string Kind, string File, double EnergyShare, float TargetProbability, PredictionJson Prediction);

internal sealed record RoundTripJson(
    bool? Survives, string Verdict, double Probability, double Important, double WithoutImportant, IReadOnlyList<double> WithoutRandom,
    double Drop, double RandomDrop, double Lead, double? EffectSize, int Rank, double RankP, double BeatenShare, bool KeepsDecision);
