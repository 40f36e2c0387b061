using System.Numerics.Tensors;

namespace AudioEmotionXai;

/// <summary>What a model says of one clip.</summary>
/// <example><code>Prediction heard = model.Predict("clip.wav");
/// Console.WriteLine($"{heard.Label}, {heard["anger"]:P1} anger");</code></example>
public sealed class Prediction
{
    internal Prediction(ReadOnlySpan<float> logits, IReadOnlyList<string> labels, ClassHead head = ClassHead.Softmax, string model = "")
    {
        float[] values = new float[logits.Length];
        Logits = logits.ToArray();
        Labels = labels;
        Head = head;
        Values = values;
        int bad = FiniteCheck.IndexOfNotFinite(logits);
        IsFinite = bad < 0;
        if (IsFinite)
        {
            head.Apply(logits, values, model);
            // Quantities are not classes of which one wins: the first is taken, and said
            Index = head == ClassHead.Linear ? 0 : TensorPrimitives.IndexOfMax<float>(values);
            Label = labels[Index];
            return;
        }

        Array.Fill(values, float.NaN);
        Label = Undefined;
        Warnings = [FormattableString.Invariant($"the model's answer is not finite: the score of '{labels[bad]}' is {logits[bad]}")];
    }

    private Prediction(Prediction other, IReadOnlyList<string> warnings)
    {
        (Logits, Labels, Values, Index, Label, Head) = (other.Logits, other.Labels, other.Values, other.Index, other.Label, other.Head);
        IsFinite = other.IsFinite;
        Warnings = [.. other.Warnings, .. warnings];
    }

    /// <summary>Whether every score is a finite number. Where one is not, there is no answer: the probabilities are NaN, the label is
    /// <c>undefined</c>, and the warnings name the score.</summary>
    public bool IsFinite { get; }

    /// <summary>What the scores are.</summary>
    public ClassHead Head { get; }

    /// <summary>The class with the highest probability; the first of them on a tie, and 0 where the answer is not finite, or where the head
    /// is linear and nothing wins.</summary>
    public int Index { get; }

    /// <summary>The label of that class; <c>undefined</c> where the answer is not finite.</summary>
    public string Label { get; }

    /// <summary>The probability of that class, 0 to 1.</summary>
    /// <exception cref="InvalidOperationException">The head is linear: see <see cref="Values"/>.</exception>
    public float Probability => Probabilities.Span[Index];

    /// <summary>What the head makes of the score of that class: its probability, or the score itself where the head is linear.</summary>
    public float Value => Values.Span[Index];

    /// <summary>The labels of all classes, in the order of the scores.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The probability of every class; they sum to 1 where the head is a softmax.</summary>
    /// <exception cref="InvalidOperationException">The head is linear: see <see cref="Values"/>.</exception>
    public ReadOnlyMemory<float> Probabilities => Head.HasProbabilities()
        ? Values
        : throw new InvalidOperationException("The model's head is linear: there are no probabilities, only values.");

    /// <summary>What the head makes of every score: probabilities, or the scores themselves where it is linear.</summary>
    public ReadOnlyMemory<float> Values { get; }

    /// <summary>The score of every class before the softmax or sigmoid.</summary>
    public ReadOnlyMemory<float> Logits { get; }

    /// <summary>What to know before trusting it, such as how much of the recording was not heard; empty where nothing is.</summary>
    public IReadOnlyList<string> Warnings { get; } = [];

    /// <summary>The probability of a class, or its value where the head is linear.</summary>
    /// <param name="label">Its label; upper and lower case count as the same where that is unambiguous.</param>
    /// <exception cref="ArgumentException">There is no such class; the message lists those that there are.</exception>
    public float this[string label] => Values.Span[LabelTarget.IndexOf(label, Labels, "this prediction")];

    /// <summary>Throws where the answer is not finite.</summary>
    /// <param name="clip">What the message calls the clip.</param>
    /// <returns>This prediction.</returns>
    /// <exception cref="AnswerNotFiniteException">A score is NaN or infinite; the message names clip, class and value.</exception>
    public Prediction ThrowIfNotFinite(string clip) =>
        IsFinite ? this : throw new AnswerNotFiniteException($"{clip}: {Warnings[0]}; there is no class to name or to explain.");

    internal const string Undefined = "undefined";

    internal Prediction With(IReadOnlyList<string> warnings) => warnings.Count == 0 ? this : new Prediction(this, warnings);
}
