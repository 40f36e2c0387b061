namespace AudioEmotionXai.Tests;

public sealed class MethodTextTests
{
    [TestCase("plain")]
    [TestCase("two words")]
    [TestCase("")]
    [TestCase("a \"quoted\" word")]
    [TestCase("back\\slash")]
    [TestCase("lrp rules=epsilon note=\"a b\"")]
    public void AQuotedValueReadsBackAsItWas(string value)
    {
        (string id, var options) = MethodText.Split($"method  key={MethodText.Quote(value)} other=1");
        Assert.That(id, Is.EqualTo("method"));
        Assert.That(options, Is.EqualTo(new KeyValuePair<string, string>[] { new("key", value), new("other", "1") }));
    }

    [TestCase("", "names no method")]
    [TestCase("gradcam layer", "not of the form name=value")]
    [TestCase("gradcam =layer4", "not of the form name=value")]
    [TestCase("gradcam layer=\"x", "not closed")]
    public void TextOfAnotherFormIsRefused(string text, string message) =>
        Assert.That(() => MethodText.Split(text), Throws.InstanceOf<MethodOptionException>().With.Message.Contains(message));
}
