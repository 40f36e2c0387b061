using System.Globalization;
using System.Reflection;
using AudioEmotionXai.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AudioEmotionXai.Consumers.Tests;

public sealed class AudioClassifierServicesTests
{
    private static FloatTensor Sample => NpyFile.Read(Repository.PathOf("models", "samples", "spectrograms.npy")).Items(0, 1);

    private static readonly PropertyInfo[] s_options = typeof(AudioClassifierOptions).GetProperties();

    private static readonly PropertyInfo[] s_settings =
        [.. typeof(AudioClassifierSettings).GetProperties().Where(property => property.Name != nameof(AudioClassifierSettings.Path))];

    private static object? ValueOf(AudioClassifierSettings settings, string property) =>
        typeof(AudioClassifierSettings).GetProperty(property)!.GetValue(settings);

    private static void WithPath(AudioClassifierSettings settings) => settings.Path = Repository.Model;

    [Test]
    public void TheModelIsOneForTheWholeApplicationAndEndsWithIt()
    {
        AudioClassifier model;
        using (ServiceProvider provider = new ServiceCollection().AddAudioClassifier(WithPath).BuildServiceProvider())
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
            .AddAudioClassifier(WithPath)
            .AddAudioClassifier("one", settings => (settings.Path, settings.Threads) = (Repository.Model, 1))
            .AddAudioClassifier("two", settings => (settings.Path, settings.Provider) = (Repository.Model, ExecutionProvider.Cpu))
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
            .AddAudioClassifier(WithPath)
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
            .AddAudioClassifier("calls", settings => (settings.Path, settings.DeviceId, settings.Threads, settings.BatchMemoryBytes, settings.LargestBatch, settings.LargestProgramCache, settings.ProgramCacheBytes, settings.Provider) = ("no/such.onnx", -2, -1, 0, 0, 0, 0, (ExecutionProvider)9))
            .BuildServiceProvider();
        OptionsValidationException refusal = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredKeyedService<AudioClassifier>("calls"));
        Assert.That(refusal.Failures, Has.Exactly(8).Contains("'calls'"));
        foreach (string expected in new[] { "Path is 'no/such.onnx'", "DeviceId is -2", "Threads is -1", "BatchMemoryBytes is 0", "LargestBatch is 0", "LargestProgramCache is 0", "ProgramCacheBytes is 0", "Provider is 9" })
            Assert.That(refusal.Message, Does.Contain(expected));
        Assert.That(log.Entries, Is.Empty);
    }

    [Test]
    public void WithoutAPathAHostDoesNotStart()
    {
        using ServiceProvider provider = new ServiceCollection().AddAudioClassifier().BuildServiceProvider();
        Assert.That(
            () => provider.GetRequiredService<IStartupValidator>().Validate(),
            Throws.InstanceOf<OptionsValidationException>().With.Message.Contains("Path is not set"));
    }

    [Test]
    public void TheSettingsAreTheOptionsWithTheirDefaultsAndAPath()
    {
        AudioClassifierSettings settings = new();
        AudioClassifierOptions options = new();
        Assert.That(
            s_settings.Select(property => (property.Name, property.PropertyType, property.GetValue(settings))),
            Is.EquivalentTo(s_options.Select(property => (property.Name, property.PropertyType, property.GetValue(options)))));
    }

    [Test]
    public void EverySettingReachesTheModel()
    {
        AudioClassifierSettings settings = new();
        foreach (PropertyInfo property in s_settings)
            property.SetValue(
                settings,
                property.PropertyType.IsEnum ? ExecutionProvider.Cpu
                    : property.PropertyType == typeof(ModelContract) ? new ModelContract { Head = ClassHead.Sigmoid }
                    : Convert.ChangeType(7, property.PropertyType, CultureInfo.InvariantCulture));
        object options = typeof(AudioClassifierSettings)
            .GetMethod("ToOptions", BindingFlags.Instance | BindingFlags.NonPublic)!
            .Invoke(settings, null)!;
        foreach (PropertyInfo property in s_options)
            Assert.That(property.GetValue(options), Is.EqualTo(ValueOf(settings, property.Name)), property.Name);
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
            .AddAudioClassifier(WithPath)
            .AddAudioClassifier("broken", settings => settings.Path = broken)
            .BuildServiceProvider();
        provider.GetRequiredService<AudioClassifier>();
        Assert.That(() => provider.GetRequiredKeyedService<AudioClassifier>("broken"), Throws.InstanceOf<FormatException>());
        Assert.That(log.Entries.Select(entry => (entry.Level, entry.Id)), Is.EqualTo(new[] { (LogLevel.Information, 1), (LogLevel.Error, 2) }));
        Assert.That(log.Entries[0].Text, Does.Contain(Repository.Model).And.Contain("6 classes"));
        Assert.That(log.Entries[1].Text, Does.Contain(broken));
    }

    [Test]
    public void AnExplanationsWarningsReachTheLog()
    {
        RecordingLog log = new();
        using AudioClassifier model = AudioClassifier.Load(Repository.Model);
        log.LogAttribution(new Gradient().Attribute(model, Sample));
        Assert.That(log.Entries.Select(entry => (entry.Level, entry.Id)), Is.EqualTo(new[] { (LogLevel.Information, 3) }));
        Assert.That(log.Entries[0].Text, Does.StartWith("gradient").And.Contain("1 item"));

        // Zeros hidden behind zeros change nothing: the map is zero everywhere, which the result warns of.
        Occlusion whole = new() { Window = new CellSize(128, 141), Stride = new CellSize(128, 141), Baseline = Baseline.Zero };
        log.LogAttribution(whole.Attribute(model, new FloatTensor(1, 1, 128, 141)));
        Assert.That(log.Entries.Count(entry => entry is { Level: LogLevel.Warning, Id: 4 }), Is.EqualTo(1));
    }
}
