using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>What a round trip found, in sentences.</summary>
internal static class RoundTripWords
{
    public static string Verdict(AudibleExplanation heard)
    {
        RoundTrip trip = heard.RoundTrip;
        return $"{Answer(trip)}: without the important part {heard.Explained.Target.Label} {Change(trip.Drop)}, without a random part of "
            + $"the same shape it {Change(trip.RandomDrop)} ({Draws(trip)}); {Alone(heard)}.";
    }

    /// <summary>The verdict in the fewest words.</summary>
    public static string Badge(RoundTrip trip) => trip.Survives switch
    {
        true => "survives its round trip",
        false => "does not survive its round trip",
        null => "round trip not judged",
    };

    public static string PartAlone(AudibleExplanation heard)
    {
        string alone = Alone(heard);
        return $"{char.ToUpperInvariant(alone[0])}{alone[1..]}.";
    }

    private static string Answer(RoundTrip trip) => trip.Survives is null
        ? Text($"Whether the explanation survives its round trip is not judged, as the rank among {Count(trip, "random part")} cannot ")
            + Text($"have a p below {1.0 / (trip.WithoutRandom.Count + 1):0.00}, and 0.05 takes {RoundTrip.LeastDraws}")
        : $"The explanation {Badge(trip)}";

    private static string Draws(RoundTrip trip)
    {
        string rank = Text($"rank {trip.Rank} of {trip.WithoutRandom.Count + 1}, p = {trip.RankP:0.###}");
        string size = trip.EffectSize is { } effect
            ? Text($", {Math.Abs(effect):0.0} standard deviations {(effect < 0 ? "below" : "above")} the mean of the draws")
            : "";
        return $"{(trip.WithoutRandom.Count == 1 ? "" : "median of ")}{Count(trip, "draw")}; {rank}{size}";
    }

    private static string Alone(AudibleExplanation heard)
    {
        int target = heard.Explained.Target.Index;
        bool wasHeard = heard[SoundKind.Clip].Prediction.Index == target;
        Prediction part = heard[SoundKind.Important].Prediction;
        string own = Percent(heard.Explained.Target.Label, heard.RoundTrip.Important);
        return heard.RoundTrip.KeepsDecision
            ? $"the important part alone is {(wasHeard ? "still " : "")}heard as {own}"
            : $"the important part alone is {(wasHeard ? "no longer" : "not")} heard as {own}, but as "
                + Percent(part.Label, part.Probability);
    }

    private static string Percent(string label, double probability) => Text($"{label} ({100 * probability:0.0} %)");

    private static string Change(double drop) => Text($"{(drop < 0 ? "rises" : "falls")} by {100 * Math.Abs(drop):0.0} points");

    private static string Count(RoundTrip trip, string what) =>
        trip.WithoutRandom.Count == 1 ? $"one {what}" : Text($"{trip.WithoutRandom.Count} {what}s");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
