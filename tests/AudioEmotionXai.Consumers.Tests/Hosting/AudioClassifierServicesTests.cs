using AudioEmotionXai.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AudioEmotionXai.Consumers.Tests;

public sealed class AudioClassifierServicesTests
{
    private static FloatTensor Sample => BundledSamples.Load().Spectrograms.Items(0, 1);

    [Test]
    public void TheModelIsOneForTheWholeApplicationAndEndsWithIt()
    {
        AudioClassifier model;
        using (ServiceProvider provider = new ServiceCollection().AddAudioClassifier().BuildServiceProvider())
        {
            model = provider.GetRequiredService<AudioClassifier>();
            using IServiceScope scope = provider.CreateScope();
            Assert.That(scope.ServiceProvider.GetRequiredService<AudioClassifier>(), Is.SameAs(model));
            Assert.That(model.Predict(Sample)[0].Label, Is.EqualTo("anger"));
        }

        Assert.That(() => model.Predict(Sample), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void NamedModelsAreKeptApartAndTheSameNameIsTheSameModel()
    {
        using ServiceProvider provider = new ServiceCollection()
            .AddAudioClassifier()
            .AddAudioClassifier("one", settings => settings.Threads = 1)
            .AddAudioClassifier("two", settings => settings.Provider = ExecutionProvider.Cpu)
            .BuildServiceProvider();
        AudioClassifier[] models = [provider.GetRequiredService<AudioClassifier>(), provider.GetRequiredKeyedService<AudioClassifier>("one"), provider.GetRequiredKeyedService<AudioClassifier>("two")];
        Assert.That(models, Is.Unique);
        Assert.That(provider.GetRequiredKeyedService<AudioClassifier>("two"), Is.SameAs(models[2]));
        Assert.That(provider.GetRequiredService<IOptionsMonitor<AudioClassifierSettings>>().Get("one").Threads, Is.EqualTo(1));
    }

    [Test]
    public void SettingsOfTwoCallsAddUp()
    {
        using ServiceProvider provider = new ServiceCollection()
            .AddAudioClassifier(settings => settings.Threads = 1)
            .AddAudioClassifier(settings => settings.LargestBatch = 4)
            .BuildServiceProvider();
        AudioClassifierSettings settings = provider.GetRequiredService<IOptions<AudioClassifierSettings>>().Value;
        Assert.That((settings.Threads, settings.LargestBatch), Is.EqualTo((1, 4)));
        Assert.That(provider.GetServices<AudioClassifier>().Count(), Is.EqualTo(1));
    }

    [Test]
    public void AllThatIsWrongWithTheSettingsIsSaidAtOnceBeforeAnythingIsLoaded()
    {
        RecordingLog log = new();
        using ServiceProvider provider = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(log)
            .AddAudioClassifier("calls", settings => (settings.Path, settings.Threads, settings.BatchMemoryBytes, settings.LargestBatch, settings.Provider) = ("no/such.onnx", -1, 0, 0, (ExecutionProvider)9))
            .BuildServiceProvider();
        OptionsValidationException refusal = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredKeyedService<AudioClassifier>("calls"));
        Assert.That(refusal.Failures, Has.Exactly(5).Contains("'calls'"));
        foreach (string expected in new[] { "Path is 'no/such.onnx'", "Threads is -1", "BatchMemoryBytes is 0", "LargestBatch is 0", "Provider is 9" })
            Assert.That(refusal.Message, Does.Contain(expected));
        Assert.That(log.Entries, Is.Empty);
    }

    [Test]
    public void WrongSettingsStopAHostThatStarts()
    {
        using ServiceProvider provider = new ServiceCollection().AddAudioClassifier(settings => settings.Threads = -3).BuildServiceProvider();
        Assert.That(() => provider.GetRequiredService<IStartupValidator>().Validate(), Throws.InstanceOf<OptionsValidationException>().With.Message.Contains("Threads is -3"));
    }

    [Test]
    public void LoadingAndFailingToLoadAreLogged()
    {
        RecordingLog log = new();
        using TemporaryFolder folder = new();
        string broken = folder.PathOf("broken.onnx");
        File.WriteAllText(broken, "no model");
        using ServiceProvider provider = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(log)
            .AddAudioClassifier()
            .AddAudioClassifier("broken", settings => settings.Path = broken)
            .BuildServiceProvider();
        provider.GetRequiredService<AudioClassifier>();
        Assert.That(() => provider.GetRequiredKeyedService<AudioClassifier>("broken"), Throws.InstanceOf<FormatException>());
        Assert.That(log.Entries.Select(entry => (entry.Level, entry.Id)), Is.EqualTo(new[] { (LogLevel.Information, 1), (LogLevel.Error, 2) }));
        Assert.That(log.Entries[0].Text, Does.Contain(BundledModel.Path).And.Contain("6 classes"));
        Assert.That(log.Entries[1].Text, Does.Contain(broken));
    }

    [Test]
    public void AnExplanationsWarningsReachTheLog()
    {
        RecordingLog log = new();
        using AudioClassifier model = AudioClassifier.Load(BundledModel.Path);
        log.LogAttribution(new Gradient().Attribute(model, Sample));
        Assert.That(log.Entries.Select(entry => (entry.Level, entry.Id)), Is.EqualTo(new[] { (LogLevel.Information, 3) }));
        Assert.That(log.Entries[0].Text, Does.StartWith("gradient").And.Contain("1 item"));

        // Zeros hidden behind zeros change nothing: the map is zero everywhere, which the result warns of.
        Occlusion whole = new() { Window = new CellSize(128, 141), Stride = new CellSize(128, 141), Baseline = Baseline.Zero };
        log.LogAttribution(whole.Attribute(model, new FloatTensor(1, 1, 128, 141)));
        Assert.That(log.Entries.Count(entry => entry is { Level: LogLevel.Warning, Id: 4 }), Is.EqualTo(1));
    }
}
