namespace AudioEmotionXai.Consumers.Tests;

public sealed class ConsoleSampleTests
{
    [Test]
    public void ARecordingBecomesAPrintedPredictionAndAPicture()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.PathOf("clip.wav"), Tone.Wav());
        string program = Path.Combine(AppContext.BaseDirectory, "ConsoleSample.dll");
        string output = CommandRun.Dotnet(folder.Path, program, Repository.PathOf("models", "audio_resnet_nemo.onnx"), "clip.wav", "map.png").Expect("the sample");
        Assert.That(output, Does.Match(@"^\w+ \(\d+\.\d %\), gradcam .*layer=layer3.* ms\n(  .* of the relevance\n){1,3}$"));
        byte[] picture = File.ReadAllBytes(folder.PathOf("map.png"));
        Assert.That(picture.AsSpan(0, 4).ToArray(), Is.EqualTo(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G' }));
        Assert.That(CommandRun.Dotnet(folder.Path, program).Code, Is.EqualTo(2), "wrong usage");
    }
}
