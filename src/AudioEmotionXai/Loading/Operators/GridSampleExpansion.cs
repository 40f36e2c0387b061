namespace AudioEmotionXai;

/// <summary>
/// GridSample of pictures (items, channels, height, width): every point of the grid fetches the four cells around it, weighted by how near
/// they are, so that gradients reach both picture and grid.
/// </summary>
internal static class GridSampleExpansion
{
    public static void Expand(Expansion at)
    {
        string mode = at.Node.GetString("mode", "linear");
        Dim[] shape = at.Shape(0);
        Expansion.Require(shape.Length == 4, "its input has another number of axes than 4");
        Expansion.Require(mode is "linear" or "bilinear" or "nearest", $"its mode is '{mode}'");
        new Sampling(at, Expansion.Fixed(shape[2], "its height"), Expansion.Fixed(shape[3], "its width")).Emit(mode is "nearest");
    }

    private sealed class Sampling(Expansion at, long height, long width)
    {
        private readonly GraphEmitter _emit = at.Emit;
        private readonly string _padding = at.Node.GetString("padding_mode", "zeros");
        private readonly bool _corners = at.Node.GetInt("align_corners", 0) != 0;

        public void Emit(bool isNearest)
        {
            string across = Place(0, width), down = Place(1, height);
            string picture = _emit.Reshape(at.Input(0), 0, 0, -1);
            string sampled;
            if (isNearest)
            {
                sampled = Fetched(picture, _emit.Node("Round", [across]), _emit.Node("Round", [down]), null);
            }
            else
            {
                string left = _emit.Node("Floor", [across]), top = _emit.Node("Floor", [down]);
                string toRight = _emit.Sub(across, left), toBottom = _emit.Sub(down, top);
                string[] columns = [left, _emit.Shift(left, 1)], rows = [top, _emit.Shift(top, 1)];
                string[] ofColumns = [_emit.Complement(toRight), toRight], ofRows = [_emit.Complement(toBottom), toBottom];
                sampled = Enumerable.Range(0, 4)
                    .Select(i => Fetched(picture, columns[i % 2], rows[i / 2], _emit.Mul(ofColumns[i % 2], ofRows[i / 2])))
                    .Aggregate(_emit.Add);
            }

            (string x, string grid) = (at.Input(0), at.Input(1));
            string[] lengths = [_emit.LengthOf(x, 0), _emit.LengthOf(x, 1), _emit.LengthOf(grid, 1), _emit.LengthOf(grid, 2)];
            at.Write(_emit.Reshape(sampled, _emit.Concat(lengths, 0)));
        }

        /// <summary>Where in the picture the grid's points are along one axis, in cells: (items, points).</summary>
        private string Place(long part, long length)
        {
            string given = _emit.Reshape(_emit.Slice(at.Input(1), [part], [part + 1], [3]), 0, -1);
            string cells = _corners
                ? _emit.Scale(_emit.Shift(given, 1), (length - 1) / 2f)
                : _emit.Shift(_emit.Scale(_emit.Shift(given, 1), length / 2f), -0.5f);
            return _padding switch
            {
                "border" => Bounded(cells, length),
                "reflection" => Bounded(Reflected(cells, _corners ? 0 : -0.5f, _corners ? length - 1 : length), length),
                _ => cells,
            };
        }

        private string Bounded(string cells, long length) =>
            _emit.Node("Clip", [cells, _emit.Scalar(0), _emit.Scalar(length - 1)]);

        /// <summary>Thrown back at both ends as often as needed.</summary>
        private string Reflected(string cells, float start, float span)
        {
            if (span == 0)
                return _emit.Scale(cells, 0);
            string away = _emit.Abs(_emit.Shift(cells, -start));
            string turns = _emit.Node("Floor", [_emit.Scale(away, 1 / span)]);
            string beyond = _emit.Sub(away, _emit.Scale(turns, span));
            string half = _emit.Scale(turns, 0.5f);
            string isEven = _emit.Equal(half, _emit.Node("Floor", [half]));
            return _emit.Shift(_emit.Where(isEven, beyond, _emit.Sub(_emit.Scalar(span), beyond)), start);
        }

        /// <summary>The cells at whole places, times weights; zeros outside: (items, channels, points).</summary>
        private string Fetched(string picture, string column, string row, string? weight)
        {
            string c = Bounded(column, width), r = Bounded(row, height);
            string inside = _emit.ToFloat(_emit.And(_emit.Equal(c, column), _emit.Equal(r, row)));
            string counted = _emit.Unsqueeze(weight is null ? inside : _emit.Mul(weight, inside), 1);
            string index = _emit.Unsqueeze(_emit.Cast(_emit.Add(_emit.Scale(r, width), c), OnnxElementType.Int64), 1);
            string lengths = _emit.Concat([_emit.Integers(1), _emit.LengthOf(picture, 1), _emit.Integers(1)], 0);
            string everywhere = _emit.Expand(index, lengths);
            return _emit.Mul(_emit.Node("GatherElements", [picture, everywhere], gather => gather.Set("axis", 2)), counted);
        }
    }
}
