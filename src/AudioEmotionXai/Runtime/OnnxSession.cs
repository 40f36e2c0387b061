using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.OnnxRuntime;

namespace AudioEmotionXai;

/// <summary>A graph made ready to run by ONNX Runtime. Safe to run from many threads at once.</summary>
internal sealed class OnnxSession : IDisposable
{
    // A session holds the weights and its kernels' reordered copies; what it makes of a byte of graph, and what making it takes (the
    // graph's own weights, those that the runtime reads, and those that it lays out anew), was measured
    private const int CopiesOfWeights = 2, SessionOfGraphByte = 8, MakingOfWeights = 3;

    private static readonly Lazy<bool> s_hasCudaProvider = new(LooksForCuda);

    private readonly InferenceSession _session;
    private readonly string _name;
    private readonly SharedWeights.WeightSet? _weights;
    private bool _isDisposed;

    private OnnxSession(InferenceSession session, string name, ExecutionProvider provider, SharedWeights.WeightSet? weights = null)
    {
        _session = session;
        _name = name;
        _weights = weights;
        Provider = provider;
        InputNames = session.InputNames;
        OutputNames = session.OutputNames;
    }

    /// <summary>Where the graph runs: never <see cref="ExecutionProvider.Auto"/>.</summary>
    public ExecutionProvider Provider { get; }

    /// <summary>About the bytes that the session alone takes: its graph, and the weights that it does not share.</summary>
    public long OwnBytes { get; private init; }

    /// <summary>The threads that wait for this session alone.</summary>
    public int OwnThreads { get; private init; }

    /// <summary>The version of ONNX Runtime that runs the graphs.</summary>
    public static string RuntimeVersion => OnnxEnvironment.Start().GetVersionString();

    public IReadOnlyList<string> InputNames { get; }

    public IReadOnlyList<string> OutputNames { get; }

    /// <summary>About the bytes that making a session of a graph takes for a moment, graph and session included.</summary>
    public static long BytesToMake(OnnxModel model) =>
        MakingOfWeights * model.Initializers.Values.Sum(weight => (long)weight.Proto.RawData.Length);

    /// <exception cref="ModelFormatException">The runtime refuses the graph.</exception>
    /// <exception cref="DeviceNotAvailableException">CUDA was asked for and is not there.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled meanwhile.</exception>
    public static OnnxSession Create(OnnxModel model, SessionSettings settings, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        OnnxEnvironment.Start(settings.Threads);
        try
        {
            if (settings.Provider != ExecutionProvider.Cpu && TryCreateCuda(model, settings, cancellationToken, out OnnxSession? cuda))
                return cuda;
            if (settings.Weights is not null
                && SharedGraph.Pays(model)
                && TryCreateShared(model, settings, cancellationToken, out OnnxSession? shared))
                return shared;
            using SessionOptions options = NewOptions(settings);
            return Open(model, options, settings, ExecutionProvider.Cpu, cancellationToken);
        }
        catch (OnnxRuntimeException failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ModelFormatException($"{model.Name}: ONNX Runtime refuses the model: {failure.Message}", failure);
        }
    }

    /// <summary>Runs the graph and copies all outputs out.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled, before or during the run.</exception>
    /// <exception cref="ObjectDisposedException">The session is disposed.</exception>
    /// <exception cref="ModelFormatException">The runtime could not run the graph on this input.</exception>
    public FloatTensor[] Run(FloatTensor input, ReadOnlySpan<int> targets, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        try
        {
            using RunOptions options = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            using CancellationTokenRegistration registration = cancellationToken.Register(
                static state => ((RunOptions)state!).Terminate = true, options);
            return Run(input, targets, options);
        }
        catch (OnnxRuntimeException failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ModelFormatException($"{_name}: the graph could not run on an input of shape {input}: {failure.Message}", failure);
        }
    }

    /// <summary>Ends the session; nobody may be running it.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _session.Dispose();
        _weights?.Dispose();
    }

    private FloatTensor[] Run(FloatTensor input, ReadOnlySpan<int> targets, RunOptions options)
    {
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, input.Memory, ToLongs(input.Shape));
        using OrtValue? target = targets.IsEmpty
            ? null
            : OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, new Memory<long>(ToLongs(targets)), [targets.Length]);
        Dictionary<string, OrtValue> inputs = new(2) { [InputNames[0]] = value };
        if (target is not null)
            inputs[InputNames[1]] = target;
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(options, inputs, OutputNames);
        FloatTensor[] results = new FloatTensor[outputs.Count];
        for (int i = 0; i < results.Length; i++)
            results[i] = Copy(outputs[i]);
        return results;
    }

    private static FloatTensor Copy(OrtValue value)
    {
        long[] shape = value.GetTensorTypeAndShape().Shape;
        return new FloatTensor(value.GetTensorDataAsSpan<float>().ToArray(), Array.ConvertAll(shape, length => (int)length));
    }

    private static long[] ToLongs(ReadOnlySpan<int> values)
    {
        long[] result = new long[values.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = values[i];
        return result;
    }

    private static OnnxSession Open(
        OnnxModel model, SessionOptions options, SessionSettings settings, ExecutionProvider provider, CancellationToken cancellationToken)
    {
        byte[] bytes = model.ToBytes();
        using CancellationTokenRegistration registration = Stop(options, cancellationToken);
        return new OnnxSession(new InferenceSession(bytes, options), model.Name, provider)
        {
            OwnBytes = CopiesOfWeights * (long)bytes.Length,
            OwnThreads = ThreadsOf(settings),
        };
    }

    private static bool TryCreateShared(
        OnnxModel model, SessionSettings settings, CancellationToken cancellationToken, [NotNullWhen(true)] out OnnxSession? session)
    {
        using SessionOptions optimizing = NewOptions(settings), running = NewOptions(settings);
        using CancellationTokenRegistration first = Stop(optimizing, cancellationToken), second = Stop(running, cancellationToken);
        using SharedGraph? shared = SharedGraph.TryOptimize(model, optimizing, settings.Weights!);
        session = shared is null
            ? null
            : new OnnxSession(shared.Open(running, out SharedWeights.WeightSet weights), model.Name, ExecutionProvider.Cpu, weights)
            {
                OwnBytes = SessionOfGraphByte * shared.GraphBytes,
                OwnThreads = ThreadsOf(settings),
            };
        return session is not null;
    }

    /// <summary>Has the runtime leave off making a session: it looks between the steps of its optimizer, each of which can take a second
    /// for thousands of nodes.</summary>
    private static CancellationTokenRegistration Stop(SessionOptions options, CancellationToken cancellationToken) =>
        cancellationToken.Register(static state => ((SessionOptions)state!).SetLoadCancellationFlag(true), options);

    private static int ThreadsOf(SessionSettings settings) =>
        OnnxEnvironment.SharesPool(settings.Threads) ? 0 : (settings.Threads == 0 ? Environment.ProcessorCount : settings.Threads) - 1;

    private static bool TryCreateCuda(
        OnnxModel model, SessionSettings settings, CancellationToken cancellationToken, [NotNullWhen(true)] out OnnxSession? session)
    {
        session = null;
        if (!s_hasCudaProvider.Value)
            return settings.Provider == ExecutionProvider.Cuda
                ? throw NoCuda("its provider is not beside the native library", inner: null)
                : false;
        using SessionOptions options = NewOptions(settings);
        try
        {
            options.AppendExecutionProvider_CUDA(settings.Device);
        }
        catch (Exception failure) when (failure is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException)
        {
            if (settings.Provider == ExecutionProvider.Cuda)
                throw NoCuda(FirstLine(failure.Message), failure);
            return false;
        }

        session = Open(model, options, settings, ExecutionProvider.Cuda, cancellationToken);
        return true;
    }

    private static DeviceNotAvailableException NoCuda(string why, Exception? inner) => new(
        $"CUDA was asked for, but it is not available here ({why}). Use the CPU, or add the native CUDA provider of ONNX Runtime "
            + $"{RuntimeVersion} and a driver.",
        inner!);

    // Asking the runtime for a provider that is not there makes it write to standard error
    private static bool LooksForCuda()
    {
        string folders = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        string file = OperatingSystem.IsWindows() ? "onnxruntime_providers_cuda.dll" : "libonnxruntime_providers_cuda.so";
        return folders.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Append(AppContext.BaseDirectory)
            .Any(folder => File.Exists(Path.Combine(folder, file)));
    }

    private static SessionOptions NewOptions(SessionSettings settings)
    {
        bool sharesPool = OnnxEnvironment.SharesPool(settings.Threads);
        SessionOptions options = new()
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            // What goes wrong is an exception; standard error is the application's
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        if (OnnxEnvironment.HasArena)
        {
            // One arena for all sessions: with one each, programs of a batch of 16 took 120 MB apiece. Weights stay out of it.
            options.AddSessionConfigEntry("session.use_env_allocators", "1");
            options.AddSessionConfigEntry("session.use_device_allocator_for_initializers", "1");
        }

        if (sharesPool)
            options.DisablePerSessionThreads();
        else if (settings.Threads > 0)
            options.IntraOpNumThreads = settings.Threads;
        return options;
    }

    private static string FirstLine(string text)
    {
        int end = text.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? text : text[..end];
    }
}
