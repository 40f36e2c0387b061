using System.Globalization;

namespace AudioEmotionXai;

/// <summary>What a model's classes are called: one name for each, no two alike.</summary>
internal static class ClassLabels
{
    /// <summary>The names that the model's metadata give, or its front end's; "class 0" and so on where there are none, or one is empty.
    /// Of names that repeat, each has its number added: "crane (class 134)".</summary>
    /// <param name="model">The model.</param>
    /// <param name="classes">How many classes it has.</param>
    /// <exception cref="ModelFormatException">There are more or fewer names than classes, or the front end names others.</exception>
    public static IReadOnlyList<string> Of(OnnxModel model, int classes)
    {
        IReadOnlyList<string>? labels = ModelMetadata.FindLabels(model);
        if (labels is not null && labels.Count != classes)
            throw new ModelFormatException($"{model.Name}: the metadata names {labels.Count} labels, but the model has {classes} classes.");
        if (FrontEndContract.TryRead(model, out FrontEndContract? contract) && contract.Labels.Count > 0)
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

        return Distinct(labels ?? new string[classes]);
    }

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
