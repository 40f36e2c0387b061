using System.Text.Json;

namespace AudioEmotionXai.Reporting.Tests;

/// <summary>The page of an audible explanation: what is in it. That it plays is tested in a browser, in AudioEmotionXai.Pages.Tests.</summary>
public sealed class SoundPageTests
{
    private TemporaryFolder _folder = null!;
    private string _page = "";

    [OneTimeSetUp]
    public void WritePage()
    {
        _folder = new TemporaryFolder();
        using AudioClassifier model = BandModel.Load();
        ListeningOptions options = new() { Fraction = 0.1, SmoothingCells = 0 };
        AudioClip clip = BandModel.Clip();
        Explanation why = Explanation.FromMap(model, clip, BandModel.Patch(), MapMeaning.Positive, ClassTarget.OfIndex(0));
        AudibleExplanation heard = AudibleExplanation.Create(model, clip, why, options);
        ListeningReport.Write(model, heard, "<call>.wav", _folder.PathOf("out"));
        _page = _folder.PathOf("out/index.html");
    }

    [OneTimeTearDown]
    public void RemovePage() => _folder.Dispose();

    [Test]
    public void ThePageHoldsTheSoundsAsFilesAndNamesNothingOutsideItself()
    {
        string text = File.ReadAllText(_page);
        using JsonDocument data = JsonDocument.Parse(text[(text.IndexOf("id=\"data\">", StringComparison.Ordinal) + 10)..text.IndexOf("</script>", StringComparison.Ordinal)]);
        JsonElement sound = data.RootElement.GetProperty("clips")[0].GetProperty("sound");
        byte[][] files = [.. sound.GetProperty("files").EnumerateArray().Select(file => file.GetBytesFromBase64())];
        Assert.Multiple(() =>
        {
            Assert.That(files[0], Is.EqualTo(File.ReadAllBytes(_folder.PathOf("out/clip.wav"))));
            Assert.That(files[2], Is.EqualTo(File.ReadAllBytes(_folder.PathOf("out/without-important.wav"))));
            Assert.That(sound.GetProperty("sets")[0].GetProperty("takes").GetArrayLength(), Is.EqualTo(4));
            Assert.That(text, Does.Not.Contain("http://").And.Not.Contain("https://").And.Not.Contain("<call>"));
            Assert.That(text, Does.Contain("<span class=\"badge\">survives its round trip</span>"));
        });
    }

    [Test]
    public void APageWithoutSoundHasNothingOfThePlayer()
    {
        string page = ReportPageTests.Page().Render();
        Assert.That(page, Does.Not.Contain("class Player").And.Not.Contain(".playhead").And.Not.Contain("\"sound\""));
    }
}
