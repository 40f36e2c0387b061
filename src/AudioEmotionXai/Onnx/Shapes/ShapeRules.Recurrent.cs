namespace AudioEmotionXai;

internal static partial class ShapeRules
{
    /// <summary>LSTM, GRU and RNN: Y is (steps, directions, items, hidden), the last states are (directions, items, hidden); with the items
    /// first where the layout is 1.</summary>
    private static void Recurrent(ShapeContext context)
    {
        if (context.Shape(0) is not { Length: 3 } x || Hidden(context) is not { } hidden)
            return;
        Dim directions = context.Node.GetString("direction", "forward") is "bidirectional" ? 2 : 1;
        bool itemsFirst = context.Node.GetInt("layout", 0) != 0;
        Dim items = x[itemsFirst ? 0 : 1];
        context.Set(0, context.Type(0), itemsFirst ? [items, x[1], directions, hidden] : [x[0], directions, items, hidden]);
        for (int state = 1; state < context.Node.Outputs.Count; state++)
            context.Set(state, context.Type(0), itemsFirst ? [items, directions, hidden] : [directions, items, hidden]);
    }

    private static Dim? Hidden(ShapeContext context) =>
        context.Shape(2) is { Length: 3 } weights ? weights[2]
        : context.Node.HasAttribute("hidden_size") ? context.Node.GetInt("hidden_size", 0)
        : null;
}
