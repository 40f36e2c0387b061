namespace AudioEmotionXai.Reporting;

/// <summary>What a round trip found, in sentences.</summary>
internal static class RoundTripWords
{
    public static string Verdict(AudibleExplanation heard)
    {
        RoundTrip trip = heard.RoundTrip;
        string answer = trip.Survives ? "The explanation survives its round trip" : "The explanation does not survive its round trip";
        string draws =
            trip.WithoutRandom.Count == 1 ? "one draw" : FormattableString.Invariant($"mean of {trip.WithoutRandom.Count} draws");
        return $"{answer}: without the important part {heard.Explained.Target.Label} {Change(trip.Drop)}, without a random part of the "
            + $"same shape it {Change(trip.RandomDrop)} ({draws}).";
    }

    public static string PartAlone(AudibleExplanation heard)
    {
        HeardSound part = heard[SoundKind.Important];
        string own = heard.RoundTrip.KeepsDecision
            ? ""
            : FormattableString.Invariant($"; {heard.Explained.Target.Label} has {100 * heard.RoundTrip.Important:0.0} %");
        return FormattableString.Invariant(
            $"The important part alone is heard as {part.Prediction.Label} ({100 * part.Prediction.Probability:0.0} %){own}.");
    }

    private static string Change(double drop) =>
        FormattableString.Invariant($"{(drop < 0 ? "rises" : "falls")} by {100 * Math.Abs(drop):0.0} points");
}
