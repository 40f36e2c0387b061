using System.Collections.Concurrent;

namespace AudioEmotionXai;

/// <summary>
/// Compiles explanations for free lengths where that can be, and for those of the input at hand where a rule needs to know them: first the
/// lengths of a clip, then the number of items, of which one runs at a time then.
/// </summary>
internal sealed class FreeLengths(OnnxModel source, ModelContract? contract, ClassifierGraph graph)
{
    private const int MostGraphs = 4;

    private readonly ConcurrentDictionary<ProgramSpec, int> _levels = [];
    private readonly ConcurrentDictionary<InputLengths, ClassifierGraph> _graphs = [];

    /// <summary>Does work that compiles, with as few lengths fixed as it needs.</summary>
    /// <param name="spec">What is compiled.</param>
    /// <param name="lengths">The input at hand; null where there is none.</param>
    /// <param name="work">Throws where it needs to know more lengths.</param>
    /// <exception cref="UnsupportedOperatorException">A rule is missing, or lengths are needed and not known.</exception>
    public void Try(ProgramSpec spec, int[]? lengths, Action<ProgramKey> work)
    {
        List<InputLengths?> steps = StepsFor(lengths);
        for (int level = Math.Min(_levels.GetValueOrDefault(spec), steps.Count - 1); ; level++)
            try
            {
                work(new ProgramKey(spec, steps[level]));
                return;
            }
            catch (UnsupportedOperatorException) when (level + 1 < steps.Count)
            {
                _levels.AddOrUpdate(spec, level + 1, (_, known) => Math.Max(known, level + 1));
            }
    }

    /// <summary>The classifier with some lengths fixed.</summary>
    public ClassifierGraph GraphFor(InputLengths? lengths)
    {
        if (lengths is null)
            return graph;
        if (_graphs.Count >= MostGraphs && !_graphs.ContainsKey(lengths))
            _graphs.Clear();
        return _graphs.GetOrAdd(lengths, _ => ClassifierGraph.Of(source, Decided(), lengths.Values, graph.Output.OwnClasses));
    }

    /// <summary>What holds of the model whose lengths are free holds of it with any.</summary>
    private ModelContract Decided() => new ModelContract
    {
        Input = graph.Input.Name,
        Output = graph.Output.Output,
        Head = graph.Output.Head,
        Layout = graph.Layout,
    }.Over(contract ?? new ModelContract());

    private List<InputLengths?> StepsFor(int[]? lengths)
    {
        IReadOnlyList<OnnxDimension> declared = graph.Input.Shape!;
        List<InputLengths?> steps = [null];
        int[] clip = new int[declared.Count];
        bool isKnown = true;
        for (int axis = 0; axis < clip.Length; axis++)
        {
            clip[axis] = (int)(declared[axis].Value ?? (axis == 0 ? -1 : lengths?[axis] ?? 0));
            isKnown &= clip[axis] != 0;
        }

        if (!isKnown)
            return steps;
        if (declared.Skip(1).Any(length => length.Value is null))
            steps.Add(new InputLengths(clip));
        if (declared[0].Value is null)
            steps.Add(new InputLengths([1, .. clip[1..]]));
        return steps;
    }
}

/// <summary>What a compiled explanation is found by: its specification, and the lengths that it is made for, null for all.</summary>
internal sealed record ProgramKey(ProgramSpec Spec, InputLengths? Lengths);

/// <summary>Lengths of an input's axes; -1 stays free.</summary>
internal sealed class InputLengths(int[] values) : IEquatable<InputLengths>
{
    public IReadOnlyList<int> Values => values;

    public bool Equals(InputLengths? other) => other is not null && values.AsSpan().SequenceEqual([.. other.Values]);

    public override bool Equals(object? obj) => Equals(obj as InputLengths);

    public override int GetHashCode() => values.Aggregate(17, HashCode.Combine);
}
