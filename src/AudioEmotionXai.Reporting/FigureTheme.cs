namespace AudioEmotionXai.Reporting;

/// <summary>The background that a figure is drawn for.</summary>
public enum FigureTheme
{
    /// <summary>Light or dark, as the viewer prefers.</summary>
    Automatic,

    /// <summary>Dark ink on a light ground.</summary>
    Light,

    /// <summary>Light ink on a dark ground.</summary>
    Dark,
}
