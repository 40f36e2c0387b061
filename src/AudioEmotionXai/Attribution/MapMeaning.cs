namespace AudioEmotionXai;

/// <summary>How the values of a method's map are to be read; verification and drawing go by it.</summary>
public enum MapMeaning
{
    /// <summary>Positive cells speak for the target class, negative ones against it; the most important cells have the largest absolute
    /// values.</summary>
    Signed,

    /// <summary>Never negative; the most important cells have the largest values.</summary>
    Positive,

    /// <summary>Never negative; the largest values mark the cells that matter least.</summary>
    Unimportance,
}
