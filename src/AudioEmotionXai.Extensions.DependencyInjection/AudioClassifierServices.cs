using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AudioEmotionXai.Extensions.DependencyInjection;

/// <summary>Adds models to a service collection.</summary>
public static class AudioClassifierServices
{
    /// <summary>
    /// Adds an <see cref="AudioClassifier"/>: one for the whole application, loaded when first asked for, disposed by the container. It is
    /// safe to use from many threads at once. A second call changes the settings of the same model.
    /// </summary>
    /// <param name="services">The collection.</param>
    /// <param name="configure">Changes the settings; null leaves the defaults and what is bound to <see cref="AudioClassifierSettings"/>
    /// elsewhere. <see cref="AudioClassifierSettings.Path"/> must be set in one of these places.</param>
    /// <returns>The same collection.</returns>
    /// <remarks>The settings are checked when the host starts, and anyway before the model loads: <see cref="OptionsValidationException"/>
    /// lists all that is wrong.</remarks>
    public static IServiceCollection AddAudioClassifier(this IServiceCollection services, Action<AudioClassifierSettings>? configure = null)
    {
        AddSettings(services, Options.DefaultName, configure);
        services.TryAddSingleton(provider => ModelFactory.Create(provider, Options.DefaultName));
        return services;
    }

    /// <summary>Adds one of several models: a keyed singleton, asked for with <c>[FromKeyedServices("name")] AudioClassifier
    /// model</c>.</summary>
    /// <param name="services">The collection.</param>
    /// <param name="name">The key, and the name of the options; not empty.</param>
    /// <param name="configure">Changes the settings; null leaves the defaults and what is bound to the options of that name
    /// elsewhere.</param>
    /// <returns>The same collection.</returns>
    /// <remarks>The settings are checked when the host starts, and anyway before the model loads: <see cref="OptionsValidationException"/>
    /// lists all that is wrong.</remarks>
    public static IServiceCollection AddAudioClassifier(
        this IServiceCollection services, string name, Action<AudioClassifierSettings>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        AddSettings(services, name, configure);
        services.TryAddKeyedSingleton(name, (provider, _) => ModelFactory.Create(provider, name));
        return services;
    }

    private static void AddSettings(IServiceCollection services, string name, Action<AudioClassifierSettings>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<AudioClassifierSettings> options = services.AddOptionsWithValidateOnStart<AudioClassifierSettings>(name);
        if (configure is not null)
            options.Configure(configure);
        services.AddSingleton<IValidateOptions<AudioClassifierSettings>>(new AudioClassifierSettingsCheck(name));
    }
}
