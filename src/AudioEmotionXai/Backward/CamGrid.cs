using System.Diagnostics.CodeAnalysis;

namespace AudioEmotionXai;

/// <summary>
/// How a layer lies over the input's plane of frequency and time: which of its axes is which, what else is channels, and where a grid
/// became a row of tokens, with others in front.
/// </summary>
internal sealed class CamGrid
{
    private readonly int _items;
    private readonly int[] _channels;
    private readonly int? _rows;
    private readonly int? _columns;
    private readonly AxisRole? _tokens;
    private readonly int _tokenAxis;
    private readonly int _rank;
    private readonly bool _areRowsFirst;

    private CamGrid(Dim[] shape, AxisRole[] roles, int items, int[] channels, int? rows, int? columns, int tokenAxis, bool areRowsFirst)
    {
        _rank = shape.Length;
        _items = items;
        _channels = channels;
        _rows = rows;
        _columns = columns;
        _tokenAxis = tokenAxis;
        _tokens = tokenAxis >= 0 ? roles[tokenAxis] : null;
        _areRowsFirst = areRowsFirst;
        Dim Length(int? axis, bool isRow) => axis is not { } place ? 1
            : place != tokenAxis ? shape[place]
            : _tokens!.Source!.Lengths[_tokens.Parts.Length == 1 || isRow == areRowsFirst ? 0 : 1];
        Shape = [shape[items], Dim.Product([.. channels.Select(axis => shape[axis])]), Length(rows, true), Length(columns, false)];
    }

    /// <summary>The grid's axes: items, channels, rows (frequency), columns (time).</summary>
    public Dim[] Shape { get; }

    /// <summary>Finds the grid of a layer.</summary>
    /// <param name="graph">The classifier.</param>
    /// <param name="tensor">The layer's tensor.</param>
    /// <param name="grid">The grid.</param>
    /// <param name="why">Why there is none.</param>
    public static bool TryFind(ClassifierGraph graph, string tensor, [NotNullWhen(true)] out CamGrid? grid, out string why)
    {
        grid = null;
        if (graph.Layout is not { } layout)
        {
            why = "it is not clear what the input's axes mean (--layout says it)";
            return false;
        }

        if (graph.Shapes.ShapeOf(tensor) is not { } shape || graph.Axes.RolesOf(tensor) is not { } roles)
        {
            why = "it does not depend on the input, or its shape is not known";
            return false;
        }

        if (shape.Length == 0)
        {
            why = "it is one number";
            return false;
        }

        why = "its axes are not known to show the input's frequency or time";
        int items = Array.FindIndex(roles, role => role.Kind == AxisKind.Items);
        // A model of one clip has no axis of items: one of length 1 in front will do
        if (items < 0 && graph.Input.Shape![0].Value == 1 && shape[0] == 1 && roles[0].Kind == AxisKind.Channels)
            items = 0;
        if (items < 0 || roles.Count(role => role.Kind == AxisKind.Items) > 1)
            return false;
        int frequency = Math.Max(layout.IndexOf(InputAxis.Frequency), layout.IndexOf(InputAxis.Features));
        int time = Math.Max(layout.IndexOf(InputAxis.Time), layout.IndexOf(InputAxis.Samples));
        List<int> channels = [];
        (int? rows, int? columns, int tokens) = (null, null, -1);
        bool areRowsFirst = true;
        for (int axis = 0; axis < roles.Length; axis++)
        {
            AxisRole role = roles[axis];
            if (axis == items)
                continue;
            if (role.Kind == AxisKind.Channels || (role.Kind == AxisKind.Image && role.InputAxis != frequency && role.InputAxis != time)
                || (shape[axis] == 1 && role.Kind != AxisKind.Image))
            {
                channels.Add(axis);
            }
            else if (role.Kind == AxisKind.Image && (role.InputAxis == frequency ? rows : columns) is null)
            {
                if (role.InputAxis == frequency)
                    rows = axis;
                else
                    columns = axis;
            }
            else if (role.Kind == AxisKind.Tokens && tokens < 0 && role.Parts.Length <= 2
                && role.InputAxes.All(part => part == frequency || part == time))
            {
                tokens = axis;
                int[] parts = [.. role.InputAxes];
                areRowsFirst = parts[0] == frequency;
                rows = parts.Contains(frequency) ? axis : rows;
                columns = parts.Contains(time) ? axis : columns;
            }
            else
            {
                why = role.Kind == AxisKind.Mixed
                    ? $"its axis {axis} mixes places of the input in an order that is not known"
                    : $"two of its axes, {axis} among them, show the same";
                return false;
            }
        }

        if ((rows is not null || columns is not null) && tokens >= 0
            && ((rows is not null && rows != tokens) || (columns is not null && columns != tokens)))
            return false;
        if (!IsLong(rows) && !IsLong(columns))
            return false;
        if (channels.TrueForAll(axis => shape[axis] == 1))
        {
            why = "it has no channels to weight";
            return false;
        }

        grid = new CamGrid(shape, roles, items, [.. channels], rows, columns, tokens, areRowsFirst);
        return grid.Shape.Skip(2).Any(length => length != 1);

        bool IsLong(int? axis) => axis is { } place && shape[place] != 1;
    }

    /// <summary>Emits a tensor of the layer's shape as (N, C, rows, columns).</summary>
    public string Emit(GraphEmitter emit, string tensor)
    {
        string x = tensor;
        int rank = _rank;
        int? rows = _rows, columns = _columns;
        int[] channels = _channels;
        int items = _items;
        if (_tokens is { } tokens)
        {
            if (tokens.Prefix > 0)
                x = emit.Slice(x, [tokens.Prefix], [int.MaxValue], [_tokenAxis]);
            if (tokens.Parts.Length == 2)
            {
                x = Split(emit, x, tokens);
                rank++;
                int Moved(int axis) => axis > _tokenAxis ? axis + 1 : axis;
                (items, channels) = (Moved(items), Array.ConvertAll(channels, Moved));
                (rows, columns) = _areRowsFirst ? (_tokenAxis, _tokenAxis + 1) : (_tokenAxis + 1, _tokenAxis);
            }
        }

        List<int> order = [items, .. channels];
        if (rows is { } row)
            order.Add(row);
        if (columns is { } column)
            order.Add(column);
        if (!order.SequenceEqual(Enumerable.Range(0, rank)))
            x = emit.Transpose(x, [.. order.Select(axis => (long)axis)]);
        return AsFour(emit, x, channels.Length, rows is not null, columns is not null);
    }

    /// <summary>A row of tokens as the grid that it was, by the run-time lengths of the tensor in which it was one.</summary>
    private string Split(GraphEmitter emit, string x, AxisRole tokens)
    {
        string[] lengths =
        [
            .. tokens.Source!.Axes.Select((axis, part) => tokens.Source.Lengths[part].Value is { } known
                ? emit.Integers(known)
                : emit.Slice(emit.ShapeOf(tokens.Source.Tensor), [axis], [axis + 1], [0])),
        ];
        string before = emit.Slice(emit.ShapeOf(x), [0], [_tokenAxis], [0]);
        string behind = emit.Slice(emit.ShapeOf(x), [_tokenAxis + 1], [_rank], [0]);
        return emit.Reshape(x, emit.Concat([before, .. lengths, behind], 0));
    }

    private static string AsFour(GraphEmitter emit, string x, int channels, bool hasRows, bool hasColumns)
    {
        int plane = (hasRows ? 1 : 0) + (hasColumns ? 1 : 0);
        if (channels > 1)
        {
            string shape = emit.ShapeOf(x);
            string tail = emit.Slice(shape, [1 + channels], [1 + channels + plane], [0]);
            x = emit.Reshape(x, emit.Concat([emit.Slice(shape, [0], [1], [0]), emit.Integers(-1), tail], 0));
        }
        else if (channels == 0)
        {
            x = emit.Unsqueeze(x, 1);
        }

        if (!hasRows)
            x = emit.Unsqueeze(x, 2);
        return hasColumns ? x : emit.Unsqueeze(x, 3);
    }
}
