namespace AudioEmotionXai.Cli.Tests;

public sealed class BundledModelTests
{
    [Test]
    public void AMissingFileSaysWhereItWasLookedFor() =>
        Assert.That(() => BundledModel.Find("absent.onnx"), Throws.TypeOf<FileNotFoundException>().With.Message.Contains("models/absent.onnx").And.Message.Contains(AppContext.BaseDirectory));
}
