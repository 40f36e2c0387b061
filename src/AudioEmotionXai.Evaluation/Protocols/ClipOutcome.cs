namespace AudioEmotionXai.Evaluation;

/// <summary>Everything that masking says about one clip.</summary>
internal sealed record ClipOutcome
{
    /// <summary>The clip's number in the corpus.</summary>
    public required int Clip { get; init; }

    /// <summary>The true class, or -1 where it is not known.</summary>
    public required int Truth { get; init; }

    /// <summary>The predicted class, which is also the one explained.</summary>
    public required int Predicted { get; init; }

    /// <summary>The predicted class's probability with nothing masked.</summary>
    public required float Probability { get; init; }

    /// <summary>The notebook's drops by method; empty where that protocol did not run.</summary>
    public NotebookDrop[] Notebook { get; init; } = [];

    /// <summary>The controlled drops; null where that protocol did not run.</summary>
    public ClipDrops? Controlled { get; init; }

    /// <summary>Why the clip is left out of all tables: an answer or a map that is not finite; empty where it is not.</summary>
    public string Undefined { get; init; } = "";

    /// <summary>The emotion under which tables list the clip: the true one where known.</summary>
    public int Emotion => Truth >= 0 ? Truth : Predicted;
}
