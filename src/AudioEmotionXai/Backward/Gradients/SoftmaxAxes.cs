namespace AudioEmotionXai;

/// <summary>The axes that a Softmax or LogSoftmax runs over: one from operator set 13 on; before, all from <c>axis</c> to the last, as
/// one.</summary>
internal static class SoftmaxAxes
{
    public static long[] Of(BackwardNode node)
    {
        int rank = node.InputShape(0).Length;
        int axis = ShapeContext.Normalize(node.Node.GetInt("axis", node.Opset < 13 ? 1 : -1), rank);
        return node.Opset < 13 ? Standardization.Axes(axis, rank) : [axis];
    }
}
