namespace AudioEmotionXai.Tests;

public sealed class ClassTargetTests
{
    [Test]
    public void TextIsAnIndexThePredictedClassOrALabel()
    {
        Assert.That(ClassTarget.Parse("3"), Is.EqualTo(ClassTarget.OfIndex(3)));
        Assert.That(ClassTarget.Parse("predicted"), Is.EqualTo(ClassTarget.Predicted));
        Assert.That(ClassTarget.Parse("anger"), Is.EqualTo(ClassTarget.OfLabel("anger")));
    }

    [Test]
    public void TargetsPerItemAreEqualWhenTheirClassesAre()
    {
        Assert.That(ClassTarget.PerItem([1, 2]), Is.EqualTo(ClassTarget.PerItem(new List<int> { 1, 2 })));
        Assert.That(ClassTarget.PerItem([1, 2]), Is.Not.EqualTo(ClassTarget.PerItem([2, 1])));
    }

    [Test]
    public void ANegativeIndexIsRefused() =>
        Assert.That(() => ClassTarget.Parse("-1"), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
