using System.Globalization;
using Microsoft.Extensions.Options;

namespace AudioEmotionXai.Extensions.DependencyInjection;

/// <summary>Says all that is wrong with the settings of a model at once, before anything is loaded.</summary>
internal sealed class AudioClassifierSettingsCheck(string model) : IValidateOptions<AudioClassifierSettings>
{
    public ValidateOptionsResult Validate(string? name, AudioClassifierSettings options)
    {
        if (name != model)
            return ValidateOptionsResult.Skip;
        string[] wrong = [.. Problems(options)];
        return wrong.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private IEnumerable<string> Problems(AudioClassifierSettings settings)
    {
        if (string.IsNullOrEmpty(settings.Path))
            yield return Problem(nameof(settings.Path), "not set", "the .onnx file of the model was expected");
        else if (!File.Exists(settings.Path))
            yield return Problem(nameof(settings.Path), $"'{settings.Path}'", "there is no such file");
        if (!Enum.IsDefined(settings.Provider))
            yield return Problem(nameof(settings.Provider), settings.Provider, "Auto, Cpu or Cuda was expected");
        if (settings.DeviceId < 0)
            yield return Problem(nameof(settings.DeviceId), settings.DeviceId, "0 (the first device) or more was expected");
        if (settings.Threads is < 0 or > AudioClassifierOptions.MaximumThreads)
            yield return Problem(
                nameof(settings.Threads), settings.Threads, $"0 (one per core) to {AudioClassifierOptions.MaximumThreads} was expected");
        if (settings.BatchMemoryBytes < 1)
            yield return Problem(nameof(settings.BatchMemoryBytes), settings.BatchMemoryBytes, "1 or more was expected");
        if (settings.LargestBatch < 1)
            yield return Problem(nameof(settings.LargestBatch), settings.LargestBatch, "1 or more was expected");
        if (settings.LargestProgramCache < 1)
            yield return Problem(nameof(settings.LargestProgramCache), settings.LargestProgramCache, "1 or more was expected");
        if (settings.ProgramCacheBytes < 1)
            yield return Problem(nameof(settings.ProgramCacheBytes), settings.ProgramCacheBytes, "1 or more was expected");
    }

    private string Problem(string property, object value, string expected) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{nameof(AudioClassifierSettings)}{(model.Length == 0 ? "" : $" '{model}'")}: {property} is {value}; {expected}.");
}
