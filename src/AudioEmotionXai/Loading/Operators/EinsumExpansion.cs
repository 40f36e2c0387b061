namespace AudioEmotionXai;

/// <summary>
/// Einsum as Transpose, Reshape, MatMul, Mul and ReduceSum: letters of one operand alone are summed first, then operands are joined from
/// the left, by a matrix product where letters are summed over, else by a product of cells.
/// </summary>
internal static class EinsumExpansion
{
    public static void Expand(Expansion at)
    {
        string equation = at.Node.GetString("equation", "").Replace(" ", "", StringComparison.Ordinal);
        string[] sides = equation.Split("->");
        string[] parts = sides[0].Split(',');
        Expansion.Require(sides.Length <= 2 && parts.Length == at.Node.Inputs.Count, $"its equation '{equation}' does not fit its inputs");
        int[] dots = [.. parts.Select((part, i) => HasDots(part) ? at.Rank(i) - Letters(part).Length : 0)];
        int most = dots.Max();
        List<Operand> operands = [.. parts.Select((part, i) => new Operand(at.Input(i), Labels(part, dots[i])))];
        for (int i = 0; i < parts.Length; i++)
        {
            int[] labels = operands[i].Labels;
            Expansion.Require(labels.Distinct().Count() == labels.Length, $"its equation '{equation}' repeats a letter within one operand");
            Expansion.Require(labels.Length == at.Rank(i), $"its equation '{equation}' does not fit the shapes of its inputs");
        }

        int[] result = sides.Length == 2 ? Labels(sides[1], HasDots(sides[1]) ? most : 0) : Implied(parts, most);
        Expansion.Require(
            result.All(label => operands.Exists(operand => operand.Labels.Contains(label))),
            $"its equation '{equation}' has a letter in the result that no operand has");
        at.Write(new Contraction(at, operands, result).Emit());
    }

    private static bool HasDots(string part) => part.Contains("...", StringComparison.Ordinal);

    private static string Letters(string part) => part.Replace("...", "", StringComparison.Ordinal);

    /// <summary>Letters by their code; axes of the dots by numbers below zero, the last axis -1.</summary>
    private static int[] Labels(string part, int dots)
    {
        int at = part.IndexOf("...", StringComparison.Ordinal);
        if (at < 0)
            return [.. part.Select(letter => (int)letter)];
        IEnumerable<int> between = Enumerable.Range(0, dots).Select(axis => axis - dots);
        return [.. part[..at].Select(letter => (int)letter), .. between, .. part[(at + 3)..].Select(letter => (int)letter)];
    }

    /// <summary>Without an arrow: the axes of the dots, then the letters that occur once, in the order of the alphabet.</summary>
    private static int[] Implied(string[] parts, int dots)
    {
        IEnumerable<int> once = parts.SelectMany(Letters).GroupBy(letter => letter)
            .Where(same => same.Count() == 1).Select(same => (int)same.Key).Order();
        return [.. Enumerable.Range(0, dots).Select(axis => axis - dots), .. once];
    }

    private readonly record struct Operand(string Tensor, int[] Labels);

    private sealed class Contraction(Expansion at, List<Operand> operands, int[] result)
    {
        private readonly GraphEmitter _emit = at.Emit;

        public string Emit()
        {
            Operand joined = Summed(operands[0], 1);
            for (int next = 1; next < operands.Count; next++)
                joined = Join(joined, Summed(operands[next], next + 1, joined.Labels), next + 1);
            return Arranged(joined, result);
        }

        /// <summary>Whether a letter is needed behind the operands so far.</summary>
        private bool IsKept(int label, int next) =>
            result.Contains(label) || operands.Skip(next).Any(operand => operand.Labels.Contains(label));

        /// <summary>Sums over letters that nothing else has.</summary>
        private Operand Summed(Operand operand, int next, params ReadOnlySpan<int> others)
        {
            List<long> axes = [];
            List<int> kept = [];
            for (int axis = 0; axis < operand.Labels.Length; axis++)
            {
                if (IsKept(operand.Labels[axis], next) || others.Contains(operand.Labels[axis]))
                    kept.Add(operand.Labels[axis]);
                else
                    axes.Add(axis);
            }

            return axes.Count == 0 ? operand : new Operand(_emit.ReduceSum(operand.Tensor, [.. axes], keepDims: false), [.. kept]);
        }

        private Operand Join(Operand left, Operand right, int next)
        {
            // A constant goes to the right, as layers have their weights
            if (at.Constant(left.Tensor) is not null && at.Constant(right.Tensor) is null)
                (left, right) = (right, left);
            int[] both = [.. left.Labels.Intersect(right.Labels)];
            int[] summed = [.. both.Where(label => !IsKept(label, next))], batch = [.. both.Except(summed)];
            int[] ofLeft = [.. left.Labels.Except(both)], ofRight = [.. right.Labels.Except(both)];
            int[] union = [.. batch, .. ofLeft, .. ofRight];
            if (summed.Length == 0)
                return new Operand(_emit.Mul(Spread(left, union), Spread(right, union)), union);
            int[]? merged = batch.Length == 0 ? null : ofLeft;
            string rows = Merged(Arranged(left, [.. batch, .. ofLeft, .. summed]), left, batch, merged, summed, ofLeft.Length);
            string columns = Merged(Arranged(right, [.. batch, .. summed, .. ofRight]), right, batch, summed, ofRight, 1);
            string product = _emit.MatMul(rows, columns);
            bool isLeftWhole = ofLeft.Length == 1 || batch.Length == 0 && ofLeft.Length > 0;
            if (isLeftWhole && ofRight.Length == 1)
                return new Operand(product, union);
            Func<int, string> length = label =>
                left.Labels.Contains(label) && !(right.Labels.Contains(label) && LengthOf(left, label) == 1)
                    ? Length(left, label) : Length(right, label);
            return new Operand(_emit.Reshape(product, Lengths([.. union.Select(length)])), union);
        }

        /// <summary>(batch…, first…, second…) with the axes of first, unless it is null, and those of second made one.</summary>
        private string Merged(string arranged, Operand operand, int[] batch, int[]? first, int[] second, int apart)
        {
            if ((first is null ? apart > 0 : first.Length == 1) && second.Length == 1)
                return arranged;
            List<string> lengths = [.. batch.Select(label => Length(operand, label))];
            if (first is null)
                lengths.AddRange(apart == 0 ? [_emit.Integers(1)] : operand.Labels.Except(second).Select(label => Length(operand, label)));
            else
                lengths.Add(Product(operand, first));
            lengths.Add(Product(operand, second));
            return _emit.Reshape(arranged, Lengths(lengths));
        }

        private Dim LengthOf(Operand operand, int label) => at.ShapeOf(operand.Tensor)[Array.IndexOf(operand.Labels, label)];

        private string Length(Operand operand, int label) =>
            _emit.Length(LengthOf(operand, label), operand.Tensor, Array.IndexOf(operand.Labels, label));

        private string Product(Operand operand, int[] labels)
        {
            Dim product = Dim.Product([.. labels.Select(label => LengthOf(operand, label))]);
            return product.IsFixed
                ? _emit.Integers(product.Offset)
                : labels.Select(label => Length(operand, label)).Aggregate(_emit.Mul);
        }

        private string Lengths(List<string> lengths) => lengths.Count == 0 ? _emit.Integers() : _emit.Concat([.. lengths], 0);

        private string Arranged(Operand operand, int[] order)
        {
            long[] axes = [.. order.Select(label => (long)Array.IndexOf(operand.Labels, label))];
            return axes.SequenceEqual(GraphEmitter.Axes(0, axes.Length)) ? operand.Tensor : _emit.Transpose(operand.Tensor, axes);
        }

        /// <summary>The axes in the order of all labels, those that the operand lacks with a length of 1.</summary>
        private string Spread(Operand operand, int[] union)
        {
            string arranged = Arranged(operand, [.. union.Where(operand.Labels.Contains)]);
            long[] missing = [.. GraphEmitter.Axes(0, union.Length).Where(axis => !operand.Labels.Contains(union[axis]))];
            return missing.Length == 0 ? arranged : _emit.Unsqueeze(arranged, missing);
        }
    }
}
