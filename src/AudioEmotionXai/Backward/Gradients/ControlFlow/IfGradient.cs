using AudioEmotionXai.Protobuf;

namespace AudioEmotionXai;

/// <summary>If: another If on the same condition, whose branches compute the forward branch again and pass its signals back. What only the
/// branch that did not run reads gets zeros.</summary>
internal static class IfGradient
{
    public static void Emit(BackwardNode node)
    {
        if (node.Node.GetGraph("then_branch") is not { } yes || node.Node.GetGraph("else_branch") is not { } no)
            throw node.Unsupported("it has not both branches");
        BodyGraph[] branches = [.. new[] { yes, no }.Select(graph => BodyGraph.Of(node.Graph.Model, node.Graph.Shapes, graph))];
        string[] wanted = [.. branches.SelectMany(branch => branch.Reads).Distinct().Where(node.Graph.Wants)];
        GraphProto[] graphs = Array.ConvertAll(branches, branch => PassBack(node, branch, wanted));
        string[] shares = node.Emit.Nodes(
            "If", [node.Input(0)], wanted.Length, made => made.Set("then_branch", graphs[0]).Set("else_branch", graphs[1]));
        for (int i = 0; i < wanted.Length; i++)
            node.Graph.AddSignal(wanted[i], shares[i]);
    }

    private static GraphProto PassBack(BackwardNode node, BodyGraph branch, string[] wanted)
    {
        OnnxNode[] nodes = [.. branch.Model.Nodes];
        GraphEmitter emit = new(branch.Model, node.Emit.NewName("branch"));
        BackwardGraph inside = node.Graph.Inside(branch, emit, BodyDependence.Of(branch, wanted, []));
        for (int i = 0; i < branch.Outputs.Length; i++)
            if (node.SignalOrNull(i) is { } signal)
                inside.AddSignal(branch.Outputs[i], signal);
        BodyDependence.PassBack(inside, nodes);
        emit.Scope = "";
        branch.Model.ClearOutputs();
        foreach (string name in wanted)
        {
            // An output of its own, whatever else the signal is
            string share = emit.Node("Identity", [inside.SignalOrNull(name) ?? emit.ZerosLike(name)]);
            OnnxDimension[]? shape = branch.Shapes.ShapeOf(name) is { } axes ? new OnnxDimension[axes.Length] : null;
            branch.Model.AddOutput(new OnnxValueInfo(share, OnnxElementType.Float, shape));
        }

        GraphEditing.RemoveUnused(branch.Model);
        return branch.Model.ToGraph();
    }
}
