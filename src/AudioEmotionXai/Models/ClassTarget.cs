using System.Globalization;

namespace AudioEmotionXai;

/// <summary>Which class an explanation is about: the predicted one, one by index or label, or one per item. Given to
/// <c>AttributionMethod.Attribute</c>.</summary>
public abstract record ClassTarget
{
    /// <summary>The class that the model predicts, item by item.</summary>
    public static ClassTarget Predicted { get; } = new PredictedTarget();

    /// <summary>One class for every item.</summary>
    /// <param name="index">0 to the number of classes - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public static ClassTarget OfIndex(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new IndexTarget(index);
    }

    /// <summary>One class for every item, by its name in the model's labels; upper and lower case count as the same where that is
    /// unambiguous.</summary>
    /// <param name="label">Such as <c>anger</c>.</param>
    public static ClassTarget OfLabel(string label)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        return new LabelTarget(label);
    }

    /// <summary>A class for each item.</summary>
    /// <param name="indices">As many indices as the batch has items; copied.</param>
    public static ClassTarget PerItem(IReadOnlyList<int> indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        return new PerItemTarget([.. indices]);
    }

    /// <summary>Reads a target from text: a whole number is an index, <c>predicted</c> is the predicted class, all else a label.</summary>
    /// <param name="text">Such as <c>anger</c> or <c>0</c>.</param>
    public static ClassTarget Parse(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int index))
            return OfIndex(index);
        return text == "predicted" ? Predicted : OfLabel(text);
    }

    /// <summary>Throws when this target names a class that the model does not have; <see cref="PerItem"/> is checked against the batch
    /// instead.</summary>
    /// <param name="model">The model to explain.</param>
    /// <exception cref="ArgumentException">There is no such class; the message lists those that there are.</exception>
    public void ThrowIfUnknown(AudioClassifier model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (this is IndexTarget or LabelTarget)
            Resolve(model, items: 1, () => []);
    }

    /// <summary>Whether the answer depends on what the model says; a compiled program finds that class by itself where a target is below
    /// zero.</summary>
    internal virtual bool NeedsPredictions => false;

    /// <summary>The class of every item; <paramref name="predict"/> is only called where the answer depends on it.</summary>
    internal abstract int[] Resolve(AudioClassifier model, int items, Func<Prediction[]> predict);

    /// <summary>The class of every item of a batch whose predictions are at hand.</summary>
    internal int[] Resolve(AudioClassifier model, Prediction[] predictions) => Resolve(model, predictions.Length, () => predictions);

    /// <summary>The index, if the model has such a class.</summary>
    private protected static int Checked(AudioClassifier model, int index) =>
        index >= 0 && index < model.Labels.Count
            ? index
            : throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"There is no class {index}; the model '{model.Name}' has 0 to {model.Labels.Count - 1} "
                        + $"({ShortList.Of(model.Labels)})."));
}
