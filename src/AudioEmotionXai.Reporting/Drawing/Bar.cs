namespace AudioEmotionXai.Reporting;

/// <summary>A bar with the ends of its confidence interval; NaN where there is no number.</summary>
internal readonly record struct Bar(double Value, double Low, double High);
