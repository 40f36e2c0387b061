namespace AudioEmotionXai.Generators;

/// <summary>What the gradient table says of one rule: its type and the operators it covers.</summary>
internal sealed record GradientModel(string Type, SourcePlace Place, EquatableArray<string> Operators);
