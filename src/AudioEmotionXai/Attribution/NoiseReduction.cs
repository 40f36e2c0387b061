namespace AudioEmotionXai;

/// <summary>How the maps of noisy copies become one.</summary>
public enum NoiseReduction
{
    /// <summary>Their mean: SmoothGrad.</summary>
    Mean,

    /// <summary>The mean of their squares: SmoothGrad-Squared.</summary>
    Square,

    /// <summary>Their variance, divided by the number of samples: VarGrad.</summary>
    Variance,
}
