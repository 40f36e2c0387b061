namespace AudioEmotionXai.Evaluation;

/// <summary>A number that a row of scores gives a class.</summary>
internal delegate float ScoreOfClass(ReadOnlySpan<float> scores, int target);

/// <summary>Collects changed copies of a clip, asks the model for them in batches, and keeps one class's score of each.</summary>
/// <param name="scores">(N, …) to (N, classes).</param>
/// <param name="capacity">How many copies are collected before the model is asked.</param>
/// <param name="shape">The shape of a batch; the first axis is ignored.</param>
/// <param name="cancellationToken">Stops between and inside batches.</param>
/// <param name="scoreOf">The score that is kept of a row of scores and the number of a class; the class's own where null.</param>
internal sealed class MaskedBatch(
    Func<FloatTensor, CancellationToken, FloatTensor> scores, int capacity, ReadOnlySpan<int> shape, CancellationToken cancellationToken,
    ScoreOfClass? scoreOf = null)
{
    private readonly InputGrid _grid = InputGrid.Of(shape);
    private readonly FloatTensor _batch = new([capacity, .. shape[1..]]);
    private readonly int[] _targets = new int[capacity];
    private readonly List<float> _results = [];
    private int _count;

    /// <summary>Adds the sample with its masked cells filled, all channels of a cell together.</summary>
    public void Add(ReadOnlySpan<float> sample, ReadOnlySpan<bool> mask, ReadOnlySpan<float> fill, int target)
    {
        Span<float> copy = Next(target);
        sample.CopyTo(copy);
        for (int cell = 0; cell < mask.Length; cell++)
            if (mask[cell])
                _grid.Fill(copy, cell, fill);
        RunWhenFull();
    }

    /// <summary>Adds a sample as it is.</summary>
    public void Add(ReadOnlySpan<float> sample, int target)
    {
        sample.CopyTo(Next(target));
        RunWhenFull();
    }

    /// <summary>The scores of everything added since the last call, in order.</summary>
    public float[] Finish()
    {
        Run();
        float[] results = [.. _results];
        _results.Clear();
        return results;
    }

    private Span<float> Next(int target)
    {
        _targets[_count] = target;
        return _batch.Item(_count).Span;
    }

    private void RunWhenFull()
    {
        if (++_count == capacity)
            Run();
    }

    private void Run()
    {
        if (_count == 0)
            return;
        cancellationToken.ThrowIfCancellationRequested();
        FloatTensor output = scores(_batch.Items(0, _count), cancellationToken);
        int classes = output.Length / _count;
        for (int i = 0; i < _count; i++)
        {
            ReadOnlySpan<float> row = output.Span.Slice(i * classes, classes);
            _results.Add(scoreOf is null ? row[_targets[i]] : scoreOf(row, _targets[i]));
        }

        _count = 0;
    }
}
