using System.Globalization;

namespace AudioEmotionXai;

/// <summary>A class for each item; equal when the classes are.</summary>
internal sealed record PerItemTarget(int[] Indices) : ClassTarget
{
    public bool Equals(PerItemTarget? other) => other is not null && Indices.AsSpan().SequenceEqual(other.Indices);

    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (int index in Indices)
            hash.Add(index);
        return hash.ToHashCode();
    }

    internal override int[] Resolve(AudioClassifier model, int items, Func<Prediction[]> predict)
    {
        if (Indices.Length != items)
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{Indices.Length} target classes were given for a batch of {items}."));
        return Array.ConvertAll(Indices, index => Checked(model, index));
    }
}
