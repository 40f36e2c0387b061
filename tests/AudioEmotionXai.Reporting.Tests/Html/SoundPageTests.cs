using System.Text.Json;

namespace AudioEmotionXai.Reporting.Tests;

/// <summary>The page of an audible explanation: what is in it, and that it plays.</summary>
public sealed class SoundPageTests
{
    private TemporaryFolder _folder = null!;
    private string _page = "";

    [OneTimeSetUp]
    public void WritePage()
    {
        _folder = new TemporaryFolder();
        using AudioClassifier model = BandModel.Load();
        ListeningOptions options = new() { Fraction = 0.1, SmoothingCells = 0, Draws = 3 };
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
            Assert.That(text, Does.Contain("survives its round trip"));
        });
    }

    [Test]
    public void APageWithoutSoundHasNothingOfThePlayer()
    {
        string page = ReportPageTests.Page().Render();
        Assert.That(page, Does.Not.Contain("class Player").And.Not.Contain(".playhead").And.Not.Contain("\"sound\""));
    }

    [Test]
    public async Task InChromiumSoundPlaysTheCursorMovesAndTakesTakeOverInPlace()
    {
        if (!File.Exists(ChromiumPage.Chromium))
            Assert.Ignore($"needs {ChromiumPage.Chromium} (package chromium), which is not there");
        await using ChromiumPage page = await ChromiumPage.Open(_page, _folder.PathOf("profile"));
        await page.Evaluate("document.querySelector('.play').click()");
        await page.WaitFor("document.querySelector('audio').currentTime > 0.1");
        double cursor = (await page.Evaluate("parseFloat(document.querySelector('.playhead').style.left)")).GetDouble();
        Assert.That(cursor, Is.GreaterThan(5), "the cursor went with the sound");
        await page.Evaluate("(() => { for (const take of [1, 3, 1, 3]) Player.current.choose(0, take); })()");
        await page.WaitFor("new Promise(done => setTimeout(() => done(true), 100))");
        Assert.That((await page.Evaluate("Player.current.playing && !Player.current.audio.paused")).GetBoolean(), "taking over before a sound has begun ends nothing");
        await page.Evaluate("(() => { Player.current.choose(0, 0); Player.current.leave(); Player.current.seek(0.2); Player.current.play(); })()");
        await page.WaitFor("document.querySelector('audio').currentTime > 0.25");
        await page.Press("3", "3");
        await page.WaitFor("(() => { const all = [...document.querySelectorAll('audio')]; return all.length === 2 && all[0].paused && !all[1].paused && all[1].currentTime >= all[0].currentTime; })()");
        Assert.That((await page.Evaluate("document.querySelector('.odds meter').value")).GetDouble(), Is.LessThan(0.5), "the answer is that to the sound without the important part");
        await page.Drag("canvas.picture", 0.5, 0.65);
        await page.WaitFor("!document.querySelector('.loop').hidden");
        double[] ends = [.. (await page.Evaluate("[Player.current.loop.start, Player.current.loop.end]")).EnumerateArray().Select(end => end.GetDouble())];
        Assert.That(ends[1] - ends[0], Is.EqualTo(0.15 * 63 * 0.016).Within(0.01), "as long as what was dragged over");
        await page.WaitFor("new Promise(done => { let last = 0; const watch = () => { const t = Player.current.time; if (t < last) done(true); else { last = t; setTimeout(watch, 10); } }; watch(); })");
        await page.Press("Escape");
        await page.WaitFor("document.querySelector('.loop').hidden");
        await page.Evaluate("document.activeElement.blur()");
        if ((await page.Evaluate("Player.current.playing")).GetBoolean())
            await page.Press(" ", " ");
        await page.WaitFor("[...document.querySelectorAll('audio')].every(audio => audio.paused)");
        await page.Drag("canvas.picture", 0.25, 0.25);
        await page.WaitFor("Math.abs(Player.current.time - (0.25 * 63 - 0.5) * 0.016) < 0.01");
        await page.Evaluate("document.querySelector('canvas.picture').focus()");
        await page.Press("ArrowRight");
        await page.WaitFor("Math.abs(Player.current.time - 17 * 0.016) < 0.02");
        Assert.Multiple(() =>
        {
            Assert.That(page.Messages, Is.Empty, "no message on the console");
            Assert.That(page.Requests, Has.All.Match("^(file|data):"));
        });
    }
}
