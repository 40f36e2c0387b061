using System.Diagnostics;

namespace AudioEmotionXai.Cli;

/// <summary>Where the time goes until a first result: what the library's own tracing says of loading and compiling, and the age of the
/// process.</summary>
internal sealed class StartupTimes : IDisposable
{
    private readonly ActivityListener _listener;

    public StartupTimes()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TelemetryNames.Source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
            ActivityStopped = Add,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Reading the model and bringing it into the compiler's form.</summary>
    public TimeSpan Load { get; private set; }

    /// <summary>Compiling the explanation, and ONNX Runtime making its graph ready to run.</summary>
    public TimeSpan Compile { get; private set; }

    /// <summary>How long the process has been running.</summary>
    public static TimeSpan Process
    {
        get
        {
            using Process self = System.Diagnostics.Process.GetCurrentProcess();
            return DateTime.UtcNow - self.StartTime.ToUniversalTime();
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Activity activity)
    {
        if (activity.OperationName == "load")
            Load += activity.Duration;
        else if (activity.OperationName == "compile")
            Compile += activity.Duration;
    }
}
