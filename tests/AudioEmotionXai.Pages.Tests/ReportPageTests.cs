namespace AudioEmotionXai.Pages.Tests;

/// <summary>The viewer of maps in the report.</summary>
public sealed class ReportPageTests : BrowserTest
{
    [Test]
    public async Task TheScriptHasRunAndTheFirstPictureIsDrawn()
    {
        IPage page = await OpenAsync(WrittenPages.Report);
        string text = await page.Locator("main").InnerTextAsync();
        Assert.That(text, Does.Contain("Point at the picture").And.Contain("masks 0 of 18048 cells"));
    }
}
