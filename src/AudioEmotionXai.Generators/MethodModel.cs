namespace AudioEmotionXai.Generators;

/// <summary>What the registry says about one method, or the problems that keep it out of the registry.</summary>
internal sealed record MethodModel(
    string Type,
    string Id,
    string Summary,
    SourcePlace Place,
    EquatableArray<OptionModel> Options,
    EquatableArray<Problem> Problems);
