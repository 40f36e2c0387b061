namespace AudioEmotionXai.Tests;

public sealed class FloatTensorTests
{
    [Test]
    public void ItemsShareTheBuffer()
    {
        FloatTensor tensor = new(new float[] { 1, 2, 3, 4, 5, 6 }, 3, 2);
        tensor.Item(1).Span[0] = 30;
        Assert.That(tensor.Span[2], Is.EqualTo(30));
        Assert.That(tensor.Items(1, 2).ToString(), Is.EqualTo("(2, 2)"));
    }

    [Test]
    public void AWrongNumberOfValuesIsRefusedWithBothNumbers() =>
        Assert.That(() => new FloatTensor(new float[5], 2, 3), Throws.ArgumentException.With.Message.Contains("(2, 3) holds 6 values, but 5"));

    [Test]
    public void AnItemThatIsNotThereIsRefused() =>
        Assert.That(() => new FloatTensor(2, 3).Item(2), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void AbsurdShapesAreRefusedBeforeAnythingIsAllocated() =>
        Assert.That(() => new FloatTensor(60000, 60000, 1), Throws.ArgumentException);
}
