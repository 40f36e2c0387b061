using System.Globalization;

namespace AudioEmotionXai;

/// <summary>What a model's classes are called: one name for each, no two alike.</summary>
internal static class ClassLabels
{
    /// <summary>The names that are given, or that the model's metadata give, its front end's, or the graph's own; "class 0" and so on where
    /// there are none, or one is empty. Of names that repeat, each has its number added: "crane (class 134)". One name for a score and its
    /// opposite makes two: "laughter" and "not laughter".</summary>
    /// <param name="model">The model.</param>
    /// <param name="output">Its scores.</param>
    /// <param name="asked">What is said of it.</param>
    /// <exception cref="ModelFormatException">There are more or fewer names than classes, or the front end names others.</exception>
    public static IReadOnlyList<string> Of(OnnxModel model, OutputForm output, ContractSource asked)
    {
        int classes = output.Classes;
        IReadOnlyList<string>? labels = WithOpposite(asked.Contract.Labels ?? output.Labels, output);
        if (labels is not null && labels.Count != classes)
            throw new ModelFormatException(
                $"{model.Name}: {(asked.Given.Labels is null ? "the metadata names" : "there are")} {labels.Count} labels, but the model "
                    + $"has {classes} classes.");
        if (FrontEndContract.TryRead(model, out FrontEndContract? contract) && asked.Given.Labels is null && contract.Labels.Count > 0)
        {
            if (contract.Labels.Count != classes)
                throw new ModelFormatException(
                    $"{model.Name}: the front end names {contract.Labels.Count} labels, but the model has {classes} classes.");
            if (labels is not null && !labels.SequenceEqual(contract.Labels))
                throw new ModelFormatException(
                    $"{model.Name}: the metadata's labels are {ShortList.Of(labels)}, but its front end's "
                        + $"{ShortList.Of(contract.Labels)}.");
            labels = contract.Labels;
        }

        return Distinct(labels ?? (output.HasOpposite ? ["class 0", "not class 0"] : new string[classes]));
    }

    private static IReadOnlyList<string>? WithOpposite(IReadOnlyList<string>? labels, OutputForm output) =>
        labels is [string only] && output.HasOpposite ? [only, $"not {only}"] : labels;

    private static string[] Distinct(IReadOnlyList<string?> labels)
    {
        HashSet<string> repeated =
        [
            .. labels.OfType<string>()
                .GroupBy(label => label, StringComparer.Ordinal)
                .Where(group => group.Count() > 1)
                .Select(group => group.Key),
        ];
        return
        [
            .. labels.Select((label, index) =>
                string.IsNullOrWhiteSpace(label) ? string.Create(CultureInfo.InvariantCulture, $"class {index}")
                : repeated.Contains(label) ? string.Create(CultureInfo.InvariantCulture, $"{label} (class {index})")
                : label),
        ];
    }
}
