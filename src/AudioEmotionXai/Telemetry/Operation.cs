using System.Diagnostics;

namespace AudioEmotionXai;

/// <summary>One operation as tracing and metrics see it; costs nothing while nobody listens.</summary>
/// <remarks>
/// Dispose it at the end; say <see cref="Done"/> when it went well, and let an exception pass <see cref="Failed"/> as a filter:
/// <c>catch (Exception failure) when (operation.Failed(failure))</c>, which never catches.
/// </remarks>
internal readonly struct Operation : IDisposable
{
    private readonly string _name;
    private readonly string? _method;
    private readonly Activity? _activity;
    private readonly long _start;

    private Operation(string name, string? method)
    {
        _name = name;
        _method = method;
        _activity = Instruments.Source.HasListeners() ? Instruments.Source.StartActivity(method is null ? name : $"{name} {method}") : null;
        _start = Instruments.CountsAnything ? Stopwatch.GetTimestamp() : 0;
    }

    /// <summary>Whether tags would reach anybody: ask before computing costly ones.</summary>
    public bool IsTraced => _activity is not null;

    public static Operation Start(string name, string? method = null) => new(name, method);

    public Operation Tag(string key, object? value)
    {
        _activity?.SetTag(key, value);
        return this;
    }

    public void Done() => Finish(null);

    /// <summary>Notes an error and lets it pass: always false.</summary>
    public bool Failed(Exception failure)
    {
        if (_activity is not null)
        {
            _activity.SetStatus(ActivityStatusCode.Error, failure is OperationCanceledException ? "cancelled" : failure.Message);
            _activity.SetTag("error.type", failure.GetType().FullName);
        }

        Finish(failure);
        return false;
    }

    public void Dispose() => _activity?.Dispose();

    private void Finish(Exception? failure)
    {
        if (_start != 0)
            Instruments.Finish(_name, _method, Stopwatch.GetElapsedTime(_start), failure);
    }
}
