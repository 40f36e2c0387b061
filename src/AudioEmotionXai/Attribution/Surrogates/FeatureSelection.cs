namespace AudioEmotionXai;

/// <summary>Which segments LIME's final model may use.</summary>
public enum FeatureSelection
{
    /// <summary>Forward selection for up to six features, else the highest weights.</summary>
    Auto,

    /// <summary>Those with the largest coefficients of a first fit over all.</summary>
    HighestWeights,

    /// <summary>One by one the feature that raises the weighted R² most.</summary>
    ForwardSelection,

    /// <summary>All.</summary>
    None,
}
