namespace AudioEmotionXai;

/// <summary>What one run of a compiled explanation returns.</summary>
/// <param name="Logits">(N, classes).</param>
/// <param name="Relevance">The map: the shape of the model's input, or (N, 1, H, W).</param>
/// <param name="Extras">Further outputs that the program was compiled with, items first.</param>
/// <param name="ExtraNames">Their names.</param>
internal sealed record ProgramOutput(FloatTensor Logits, FloatTensor Relevance, FloatTensor[] Extras, IReadOnlyList<string> ExtraNames);
