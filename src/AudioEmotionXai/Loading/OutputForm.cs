using System.Text;

namespace AudioEmotionXai;

/// <summary>The scores of a model as everything else takes them: (N, classes), and what they are.</summary>
/// <param name="Scores">The tensor.</param>
/// <param name="Head">What the scores are.</param>
/// <param name="Classes">How many there are.</param>
/// <param name="Labels">Names that the graph itself gives them, or null.</param>
/// <param name="StrippedNode">The Softmax or Sigmoid at the end that was left off, as messages call it, or null.</param>
internal sealed record OutputForm(string Scores, ClassHead Head, int Classes, IReadOnlyList<string>? Labels, string? StrippedNode)
{
    /// <summary>Whether the second class is that the first is not: the model has one score.</summary>
    public bool HasOpposite { get; private init; }

    /// <summary>The output that was taken.</summary>
    public string Output { get; private init; } = "";

    /// <summary>How many scores the model itself gives.</summary>
    public int OwnClasses { get; private init; }

    private const int MostClasses = 100_000;

    private static readonly string[] s_otherNames =
        ["embed", "hidden", "feature", "state", "attention", "cache", "hn", "cn", "spectrogram", "length"];

    private static readonly string[] s_quantities = ["valence", "arousal", "dominance", "regression", "age"];

    /// <summary>Finds the scores and brings them into that form; changes the model in place.</summary>
    /// <exception cref="ModelFormatException">No output, or more than one, can be the scores; the message names the option that settles
    /// it.</exception>
    public static OutputForm Make(OnnxModel model, ShapeTable shapes, ContractSource asked, List<ContractPart> facts)
    {
        IReadOnlyList<string>? labels = ZipMaps.Remove(model, shapes);
        GraphLinks links = new(model);
        string output = Choose(model, shapes, links, asked, facts);
        HeadEnd end = HeadEnd.Of(model, links, shapes, output);
        // A head that is said and is not the one at the graph's end leaves that in: it is part of what gives the scores
        if (end.Node is not null && asked.Contract.Head is { } other && !end.Fits(other))
            end = HeadEnd.None(links, shapes, output);
        ScoreShape scores = new(model, shapes, asked, end);
        string tensor = scores.Make();
        if (end.Softmax is { } axis && axis != scores.ClassAxisTaken)
        {
            // A softmax over items or frames is no head
            end = HeadEnd.None(links, shapes, output);
            scores = new ScoreShape(model, shapes, asked, end);
            tensor = scores.Make();
        }

        facts.AddRange(scores.Facts);
        (ClassHead head, string why, bool isAssumed) = asked.Contract.Head is { } said
            ? (said, asked.SourceOf("head"), false)
            : HeadOf(model, links, output, end, scores.Classes, asked.Contract.Labels ?? labels);
        if (scores.Classes > MostClasses)
            throw new ModelFormatException(
                FormattableString.Invariant(
                    $"{model.Name}: the output '{output}' has {scores.Classes} classes; at most {MostClasses} are supported."));
        bool hasOpposite = head == ClassHead.Sigmoid && scores.Classes == 1;
        if (hasOpposite)
            tensor = scores.AddOpposite(tensor);

        facts.Add(new("head", head.Name(), why, isAssumed));
        return new OutputForm(tensor, head, hasOpposite ? 2 : scores.Classes, labels, end.Node?.ToString())
        {
            HasOpposite = hasOpposite,
            Output = output,
            OwnClasses = scores.Classes,
        };
    }

    private static string Choose(
        OnnxModel model, ShapeTable shapes, GraphLinks links, ContractSource asked, List<ContractPart> facts)
    {
        IReadOnlyList<OnnxValueInfo> outputs = model.Outputs;
        if (outputs.Count == 0)
            throw new ModelFormatException($"{model.Name}: declares no output.");
        string Taken(string name, string why)
        {
            facts.Add(new("output", Describe(shapes, name), why));
            return name;
        }

        if (asked.Contract.Output is { } wanted)
            return outputs.Any(output => output.Name == wanted)
                ? Taken(wanted, asked.SourceOf("output"))
                : throw new ModelFormatException(
                    $"{model.Name}: there is no output '{wanted}'; there are {ShortList.Of([.. outputs.Select(output => output.Name)])}.");
        if (outputs.Any(output => output.Name is "logits"))
            return Taken("logits", outputs.Count == 1 ? "the only output" : "its name");
        List<string> candidates = [.. outputs.Select(output => output.Name).Where(name => CanBeScores(shapes, name))];
        if (outputs.Count == 1 && (candidates.Count == 0 || !IsOther(candidates[0])))
            return Taken(outputs[0].Name, "the only output");
        HashSet<string> ancestors = [];
        foreach (string name in candidates)
            ancestors.UnionWith(links.AncestorsOf(name).Where(other => other != name));
        string why = "no other output depends on it, as scores come last";
        Keep(candidates, name => !ancestors.Contains(name));
        if (candidates.Count > 1)
        {
            why = "the others are no scores by their names";
            Keep(candidates, name => !IsOther(name));
        }

        if (candidates.Count > 1)
        {
            why = "the only output that ends in a softmax or sigmoid";
            Keep(candidates, name => HeadEnd.Of(model, links, shapes, name).Node is not null);
        }

        if (candidates.Count == 1 && !IsOther(candidates[0]))
            return Taken(candidates[0], why);
        throw new ModelFormatException(
            $"{model.Name}: it is not clear which of the outputs holds the scores "
                + $"({string.Join("; ", outputs.Select(output => Describe(shapes, output.Name)))}): say so by the contract's 'output' "
                + "(--output NAME).");
    }

    /// <summary>Whether a whole word of a name is that of a quantity.</summary>
    private static bool IsQuantity(string name)
    {
        StringBuilder word = new();
        foreach (char letter in name + " ")
        {
            bool isBorder = !char.IsLetter(letter) || (char.IsUpper(letter) && word.Length > 0 && char.IsLower(word[^1]));
            if (isBorder && s_quantities.Contains(word.ToString(), StringComparer.OrdinalIgnoreCase))
                return true;
            if (isBorder)
                word.Clear();
            if (char.IsLetter(letter))
                word.Append(letter);
        }

        return false;
    }

    private static void Keep(List<string> candidates, Predicate<string> isKept)
    {
        if (candidates.Exists(isKept))
            candidates.RemoveAll(name => !isKept(name));
    }

    private static bool CanBeScores(ShapeTable shapes, string name) =>
        shapes.TryGet(name, out TensorInfo? info)
        && info.ElementType is OnnxElementType.Float or OnnxElementType.Undefined
        && info.Shape is null or { Length: > 0 and <= 4 };

    private static bool IsOther(string name) => s_otherNames.Any(word => Contains(name, word));

    private static bool Contains(string name, string word) => word.Length > 2
        ? name.Contains(word, StringComparison.OrdinalIgnoreCase)
        : name.Equals(word, StringComparison.OrdinalIgnoreCase);

    private static string Describe(ShapeTable shapes, string name)
    {
        StringBuilder text = new(name);
        if (shapes.TryGet(name, out TensorInfo? info))
            text.Append(": ").Append(info);
        return text.ToString();
    }

    private static (ClassHead Head, string Why, bool IsAssumed) HeadOf(
        OnnxModel model, GraphLinks links, string output, HeadEnd end, int classes, IReadOnlyList<string>? labels)
    {
        if (end.Node is { } node)
            return (node.OpType is "Sigmoid" ? ClassHead.Sigmoid : ClassHead.Softmax, $"from {node} at the end", false);
        if (HeadEnd.ReadersHead(model, links, end.Scores) is { } reader)
            return (reader.OpType is "Sigmoid" ? ClassHead.Sigmoid : ClassHead.Softmax, $"from {reader}, which reads the scores", false);
        if (ProbabilityMix.Find(links, model, output) is { } mix)
            return (ClassHead.Probabilities, $"the output mixes probabilities: {mix}", false);
        if (IsQuantity(output) || (labels is { Count: > 0 } && labels.All(IsQuantity)))
            return (ClassHead.Linear, "assumed: by their names the scores are quantities, not classes; --head says it otherwise", true);
        return classes == 1
            ? (ClassHead.Linear, "assumed: one score, and no sigmoid at the end; --head sigmoid where it is the logit of a class", true)
            : (ClassHead.Softmax, "assumed: several scores, and nothing at the end says what they are; --head sigmoid or linear where they "
                + "are something else", true);
    }
}
