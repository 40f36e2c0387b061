namespace AudioEmotionXai.Evaluation;

/// <summary>What the notebook's protocol measures for one clip and method.</summary>
/// <param name="Masked">Cells in the method's mask, and in the random one.</param>
/// <param name="Important">The fall of the class's probability with the method's mask.</param>
/// <param name="Random">The fall with the random mask.</param>
internal readonly record struct NotebookDrop(int Masked, float Important, float Random);
