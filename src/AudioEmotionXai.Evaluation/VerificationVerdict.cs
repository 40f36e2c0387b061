namespace AudioEmotionXai.Evaluation;

/// <summary>What all protocols of a run say together.</summary>
/// <param name="Winner">The method that wins by masking and on known answers, or null.</param>
/// <param name="Text">The verdict in sentences.</param>
internal sealed record VerificationVerdict(string? Winner, string Text)
{
    /// <summary>The verdict of a run.</summary>
    public static VerificationVerdict Of(VerificationResult result) => (result.Controlled, result.GroundTruth) switch
    {
        ({ } masking, { } known) => Of(masking, known),
        ({ } masking, null) => new(
            null, masking.Winner is { } winner
                ? $"{winner} wins by masking; whether it finds what is known to matter was not measured. {masking.Verdict}"
                : masking.Verdict),
        (null, { } known) => new(
            null, known.Winner is { } winner
                ? $"{winner} wins on known answers; whether masking its cells hurts most was not measured. {known.Verdict}"
                : known.Verdict),
        _ => new(
            null, result.Notebook?.Best is { } best
                ? $"No verdict: only the notebook's protocol ran. Its largest mean efficiency is {best}'s; one draw and unequal areas "
                    + "cannot say more."
                : "No verdict: nothing was compared."),
    };

    private static VerificationVerdict Of(ControlledTable masking, GroundTruthTable known)
    {
        string first = (masking.Winner, known.Winner, known.Mosaics) switch
        {
            ({ } one, { } other, _) when one == other => $"{one} wins both, by masking and on known answers.",
            ({ } one, { } other, _) => $"No overall winner: {one} wins by masking, {other} on known answers.",
            ({ } one, null, 0) => $"No overall winner: {one} wins by masking; for known answers there are too few clips.",
            ({ } one, null, _) => $"No overall winner: {one} wins by masking, nobody on known answers.",
            (null, { } other, _) => $"No overall winner: {other} wins on known answers, nobody by masking.",
            (null, null, 0) => "No winner by masking; for known answers there are too few clips.",
            _ => "No winner, neither by masking nor on known answers.",
        };
        return new(masking.Winner is { } winner && winner == known.Winner ? winner : null, first + ControlledVerdict.Notes(masking));
    }
}
