namespace AudioEmotionXai.Evaluation;

/// <summary>On which scale the model's answer falls.</summary>
internal enum DropScale
{
    /// <summary>Probability: bounded, so a fall also says how sure the model was.</summary>
    Probability,

    /// <summary>Log-odds, log(p / (1 - p)) in nats: does not saturate.</summary>
    LogOdds,
}
