using System.Globalization;
using System.Text.Json;

namespace AudioEmotionXai.Cli.Tests;

public sealed class PredictCommandTests
{
    [Test]
    public void EveryBundledSampleIsNamedWithItsLabelAndProbabilities()
    {
        CliRun run = CliRun.Of("predict", SampleFiles.Spectrograms);
        Assert.That(run.Code, Is.Zero, run.Error);
        string[] lines = run.Out.TrimEnd().Split(Environment.NewLine);
        Assert.That(lines, Has.Length.EqualTo(24));
        Assert.That(lines[0], Does.Match(@"spectrograms\.npy\[0\]\s+\w+\s+anger \d\.\d{3}  fear \d\.\d{3}"));
    }

    [Test]
    public void JsonHasALabelAndProbabilitiesThatAddUpToOne()
    {
        JsonElement predictions = CliRun.Of("predict", SampleFiles.Spectrograms, "--json").Json.GetProperty("predictions");
        int[] labels = NpyFile.ReadInt32(SampleFiles.Labels);
        int right = 0;
        foreach (JsonElement prediction in predictions.EnumerateArray())
        {
            Assert.That(prediction.GetProperty("probabilities").EnumerateObject().Sum(each => each.Value.GetDouble()), Is.EqualTo(1).Within(1e-5));
            right += prediction.GetProperty("index").GetInt32() == labels[prediction.GetProperty("item").GetInt32()] ? 1 : 0;
        }

        Assert.That(predictions.GetArrayLength(), Is.EqualTo(24));
        Assert.That(right, Is.GreaterThanOrEqualTo(20));
    }

    [Test]
    [SetCulture("pl-PL")]
    public void NumbersAreWrittenTheSameUnderAnotherCulture() =>
        Assert.That(CliRun.Of("predict", SampleFiles.Spectrograms).Out, Does.Match(@"anger \d\.\d{3}"));

    [Test]
    public void AnArrayOfOneClipMayLeaveOutItemsAndChannel()
    {
        using TemporaryFolder folder = new();
        FloatTensor first = NpyFile.Read(SampleFiles.Spectrograms).Item(0);
        NpyFile.Write(folder.PathOf("hw.npy"), first.Reshape(128, 141));
        NpyFile.Write(folder.PathOf("chw.npy"), first.Reshape(1, 128, 141));
        CliRun run = CliRun.Of("predict", folder.PathOf("hw.npy"), folder.PathOf("chw.npy"), "--json");
        string[] probabilities = [.. run.Json.GetProperty("predictions").EnumerateArray().Select(each => each.GetProperty("probability").GetRawText())];
        Assert.That(probabilities, Has.Length.EqualTo(2));
        Assert.That(probabilities[0], Is.EqualTo(probabilities[1]));
    }

    [TestCase(24000)]
    [TestCase(44100)]
    public void ARecordingOfAnyRateGoesThroughTheModelsFrontEnd(int sampleRate)
    {
        using TemporaryFolder folder = new();
        CliRun run = CliRun.Of("predict", SampleFiles.WriteTone(folder.PathOf("tone.wav"), sampleRate), "--json");
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Json.GetProperty("predictions")[0].GetProperty("probability").GetDouble(), Is.InRange(1.0 / 6, 1));
    }

    [Test]
    public void ThreadsDoNotChangeTheResultBeyondRounding()
    {
        double[] ProbabilitiesWith(string threads) =>
            [.. CliRun.Of("predict", SampleFiles.Spectrograms, "--json", "--threads", threads).Json.GetProperty("predictions").EnumerateArray().Select(each => each.GetProperty("probability").GetDouble())];
        Assert.That(ProbabilitiesWith("1"), Is.EqualTo(ProbabilitiesWith("2")).Within(1e-5));
    }

    [Test]
    public void CudaWithoutCudaEndsWith4AndNeverRunsElsewhere()
    {
        CliRun run = CliRun.Of("predict", SampleFiles.Spectrograms, "--provider", "cuda");
        if (run.Code == 0)
            Assert.Ignore("this machine has CUDA");
        Assert.That(run.Code, Is.EqualTo(4), run.Error);
        Assert.That(run.Out, Is.Empty);
    }

    [Test]
    public void AllInputsAreNamedInTheOrderGiven()
    {
        using TemporaryFolder folder = new();
        string tone = SampleFiles.WriteTone(folder.PathOf("tone.wav"));
        JsonElement predictions = CliRun.Of("predict", tone, SampleFiles.Spectrograms, "--json").Json.GetProperty("predictions");
        Assert.That(predictions[0].GetProperty("input").GetString(), Is.EqualTo(tone));
        Assert.That(predictions[24].GetProperty("item").GetInt32().ToString(CultureInfo.InvariantCulture), Is.EqualTo("23"));
    }
}
