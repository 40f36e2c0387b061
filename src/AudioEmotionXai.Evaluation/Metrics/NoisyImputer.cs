namespace AudioEmotionXai.Evaluation;

/// <summary>
/// Fills masked cells in from their neighbours: each is the weighted mean of the eight around it, 1/6 for those at an edge and 1/12 for
/// those at a corner, masked neighbours included, plus normal noise. Rong et al., 2022, arXiv:2202.00449.
/// </summary>
/// <remarks>
/// At the map's border the weights are divided by their sum. The linear system is symmetric and positive definite wherever a cell is left,
/// and is solved by conjugate gradients, scaled by its diagonal, to a residual of 1e-6 of the right side.
/// </remarks>
internal static class NoisyImputer
{
    private const double EdgeWeight = 1.0 / 6, CornerWeight = 1.0 / 12, Tolerance = 1e-6;

    /// <summary>A copy of the sample with its masked cells filled, channel by channel.</summary>
    /// <param name="sample">The clip's values.</param>
    /// <param name="mask">Which cells to fill; not all of them.</param>
    /// <param name="grid">How the values lie: bins and frames.</param>
    /// <param name="noise">The standard deviation of the noise.</param>
    /// <param name="random">Draws it.</param>
    public static float[] Fill(ReadOnlySpan<float> sample, bool[] mask, InputGrid grid, double noise, KeyedRandom random)
    {
        float[] filled = sample.ToArray();
        ImputerSystem system = new(mask, grid);
        for (int channel = 0; channel < grid.Channels; channel++)
        {
            Span<float> plane = filled.AsSpan(channel * grid.Cells, grid.Cells);
            double[] solution = system.Solve(plane);
            for (int i = 0; i < solution.Length; i++)
                plane[system.Cells[i]] = (float)(solution[i] + (noise * random.NextNormal()));
        }

        return filled;
    }

    /// <summary>The equations of one mask.</summary>
    private sealed class ImputerSystem
    {
        private const int None = -1;

        // Neighbours of unknown i from 8 i on: the cell, or none beyond the border
        private readonly int[] _neighbours;
        private readonly int[] _unknownOf;
        private readonly double[] _diagonal;

        public ImputerSystem(bool[] mask, InputGrid grid)
        {
            Cells = [.. Enumerable.Range(0, mask.Length).Where(cell => mask[cell])];
            _unknownOf = new int[mask.Length];
            Array.Fill(_unknownOf, None);
            for (int i = 0; i < Cells.Length; i++)
                _unknownOf[Cells[i]] = i;
            _neighbours = new int[8 * Cells.Length];
            _diagonal = new double[Cells.Length];
            for (int i = 0; i < Cells.Length; i++)
                Connect(i, grid);
        }

        /// <summary>The masked cells, in the order of the unknowns.</summary>
        public int[] Cells { get; }

        public double[] Solve(ReadOnlySpan<float> plane)
        {
            double[] residual = RightSide(plane), solution = new double[Cells.Length], direction = new double[Cells.Length];
            double[] product = new double[Cells.Length];
            double limit = Tolerance * Tolerance * Dot(residual, residual), rho = Precondition(residual, direction);
            for (int step = 0; step < 10 * Cells.Length && Dot(residual, residual) > limit; step++)
            {
                Multiply(direction, product);
                double length = rho / Dot(direction, product);
                for (int i = 0; i < solution.Length; i++)
                {
                    solution[i] += length * direction[i];
                    residual[i] -= length * product[i];
                }

                double next = 0;
                for (int i = 0; i < residual.Length; i++)
                    next += residual[i] * residual[i] / _diagonal[i];
                for (int i = 0; i < residual.Length; i++)
                    direction[i] = (residual[i] / _diagonal[i]) + (next / rho * direction[i]);
                rho = next;
            }

            return solution;
        }

        private void Connect(int unknown, InputGrid grid)
        {
            (int bin, int frame) = Math.DivRem(Cells[unknown], grid.Frames);
            int slot = 8 * unknown;
            // The four at edges first, then the four at corners
            ReadOnlySpan<(int, int)> around = [(-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1)];
            foreach ((int up, int right) in around)
            {
                bool isInside = bin + up >= 0 && bin + up < grid.Bins && frame + right >= 0 && frame + right < grid.Frames;
                _diagonal[unknown] += isInside ? WeightOf(slot) : 0;
                _neighbours[slot++] = isInside ? ((bin + up) * grid.Frames) + frame + right : None;
            }
        }

        private static double WeightOf(int slot) => (slot & 7) < 4 ? EdgeWeight : CornerWeight;

        private double[] RightSide(ReadOnlySpan<float> plane)
        {
            double[] side = new double[Cells.Length];
            for (int slot = 0; slot < _neighbours.Length; slot++)
                if (_neighbours[slot] is >= 0 and int cell && _unknownOf[cell] == None)
                    side[slot / 8] += WeightOf(slot) * plane[cell];
            return side;
        }

        private void Multiply(double[] values, double[] product)
        {
            for (int i = 0; i < values.Length; i++)
            {
                double edges = 0, corners = 0;
                for (int slot = 8 * i; slot < (8 * i) + 8; slot++)
                {
                    int cell = _neighbours[slot];
                    if (cell == None || _unknownOf[cell] == None)
                        continue;
                    if ((slot & 7) < 4)
                        edges += values[_unknownOf[cell]];
                    else
                        corners += values[_unknownOf[cell]];
                }

                product[i] = (_diagonal[i] * values[i]) - (EdgeWeight * edges) - (CornerWeight * corners);
            }
        }

        private double Precondition(double[] residual, double[] direction)
        {
            double rho = 0;
            for (int i = 0; i < residual.Length; i++)
            {
                direction[i] = residual[i] / _diagonal[i];
                rho += residual[i] * direction[i];
            }

            return rho;
        }

        private static double Dot(double[] first, double[] second) =>
            System.Numerics.Tensors.TensorPrimitives.Dot<double>(first, second);
    }
}
