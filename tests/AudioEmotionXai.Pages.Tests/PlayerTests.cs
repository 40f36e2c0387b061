namespace AudioEmotionXai.Pages.Tests;

/// <summary>The player of an audible explanation, in real time: sound plays into a silent sink.</summary>
public sealed class PlayerTests : BrowserTest
{
    [Test]
    public async Task SoundPlaysTheCursorMovesAndTakesTakeOverInPlace()
    {
        IPage page = await OpenAsync(WrittenPages.Listening);
        await page.EvaluateAsync("document.querySelector('.play').click()");
        await WaitForAsync(page, "document.querySelector('audio').currentTime > 0.1");
        double cursor = await page.EvaluateAsync<double>("parseFloat(document.querySelector('.playhead').style.left)");
        Assert.That(cursor, Is.GreaterThan(5), "the cursor went with the sound");
        await page.EvaluateAsync("(() => { for (const take of [1, 3, 1, 3]) Player.current.choose(0, take); })()");
        await Task.Delay(100);
        bool playing = await page.EvaluateAsync<bool>("Player.current.playing && !Player.current.audio.paused");
        Assert.That(playing, "taking over before a sound has begun ends nothing");
        await page.EvaluateAsync("(() => { Player.current.choose(0, 0); Player.current.leave(); Player.current.seek(0.2); Player.current.play(); })()");
        await WaitForAsync(page, "document.querySelector('audio').currentTime > 0.25");
        await page.Keyboard.PressAsync("3");
        await WaitForAsync(page, "(([a, b]) => b && a.paused && !b.paused && b.currentTime >= a.currentTime)([...document.querySelectorAll('audio')])");
        double odds = await page.EvaluateAsync<double>("document.querySelector('.odds meter').value");
        Assert.That(odds, Is.LessThan(0.5), "the answer is that to the sound without the important part");
        await DragAsync(page, 0.5, 0.65);
        await WaitForAsync(page, "!document.querySelector('.loop').hidden");
        double[] ends = await page.EvaluateAsync<double[]>("[Player.current.loop.start, Player.current.loop.end]");
        Assert.That(ends[1] - ends[0], Is.EqualTo(0.15 * 63 * 0.016).Within(0.01), "as long as what was dragged over");
        await page.EvaluateAsync("""
            () => new Promise(done => {
                let last = 0;
                const watch = () => { const now = Player.current.time; if (now < last) done(); else { last = now; setTimeout(watch, 10); } };
                watch();
            })
            """);
        await page.Keyboard.PressAsync("Escape");
        await WaitForAsync(page, "document.querySelector('.loop').hidden");
        await page.EvaluateAsync("document.activeElement.blur()");
        if (await page.EvaluateAsync<bool>("Player.current.playing"))
            await page.Keyboard.PressAsync(" ");
        await WaitForAsync(page, "[...document.querySelectorAll('audio')].every(audio => audio.paused)");
        await DragAsync(page, 0.25, 0.25);
        await WaitForAsync(page, "Math.abs(Player.current.time - (0.25 * 63 - 0.5) * 0.016) < 0.01");
        await page.Locator("canvas.picture").FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await WaitForAsync(page, "Math.abs(Player.current.time - 17 * 0.016) < 0.02");
        Assert.Multiple(() =>
        {
            Assert.That(Messages, Is.Empty, "no message on the console");
            Assert.That(Requests, Has.All.Match("^(file|data):"));
        });
    }

    /// <summary>Presses the pointer at one place of the picture, and lets go at another; places are shares of its width.</summary>
    private static async Task DragAsync(IPage page, double from, double to)
    {
        LocatorBoundingBoxResult box = (await page.Locator("canvas.picture").BoundingBoxAsync())!;
        float y = box.Y + (box.Height / 2);
        float X(double share) => (float)(box.X + (share * box.Width));
        await page.Mouse.MoveAsync(X(from), y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(X((from + to) / 2), y);
        await page.Mouse.MoveAsync(X(to), y);
        await page.Mouse.UpAsync();
    }
}
