namespace AudioEmotionXai.Generators;

/// <summary>What the registry says about one option: its names, and the C# expression of the codec that reads and writes its
/// values.</summary>
internal sealed record OptionModel(string Property, string Name, string Description, string Codec);
