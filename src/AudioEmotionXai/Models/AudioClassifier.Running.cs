namespace AudioEmotionXai;

// How graphs are made ready and run: batches, programs, uses, and what tracing sees of them
public sealed partial class AudioClassifier
{
    /// <summary>The items that the forward pass takes at once within the memory bound.</summary>
    internal int BatchSize => _batches.Value.Items;

    /// <summary>Keeps the model from being disposed until the use ends.</summary>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    internal UseGate.Use Enter() => _gate.Enter();

    /// <summary>An operation on this model, for tracing and metrics.</summary>
    internal Operation Observe(string name, int items, string? method = null)
    {
        Operation operation = Operation.Start(name, method);
        if (operation.IsTraced)
            operation.Tag("model", Name).Tag("method", method).Tag("items", items).Tag("provider", KnownProvider.ToString());
        return operation;
    }

    /// <summary>The items that a compiled explanation takes at once within the memory bound.</summary>
    internal int ItemsAtOnce(ProgramSpec spec)
    {
        using UseGate.Use use = Enter();
        return _programs.Use(spec, program => program.Batches.Items);
    }

    /// <summary>A compiled explanation, made on first use and kept.</summary>
    internal BackwardProgram Program(ProgramSpec spec) => _programs.Use(spec, program => program);

    /// <summary>Runs a compiled explanation in batches; targets below zero mean the predicted class.</summary>
    internal ProgramOutput Run(ProgramSpec spec, FloatTensor input, ReadOnlySpan<int> targets, CancellationToken cancellationToken)
    {
        CheckInput(input);
        using UseGate.Use use = Enter();
        int[] classes = targets.ToArray();
        return _programs.Use(spec, program =>
        {
            FloatTensor[] outputs = program.Batches.Run(program.Session, input, classes, cancellationToken);
            return new ProgramOutput(outputs[0], outputs[1], outputs[2..], program.ExtraOutputs);
        });
    }

    private static AudioClassifier Open(string name, Func<OnnxModel> read, AudioClassifierOptions? options)
    {
        using Operation operation = Operation.Start(TelemetryNames.Load).Tag("model", name);
        try
        {
            AudioClassifier model = new(read(), options ?? new());
            operation.Done();
            return model;
        }
        catch (Exception failure) when (operation.Failed(failure))
        {
            throw;
        }
    }

    /// <summary>The device as far as it is known without starting a session.</summary>
    private ExecutionProvider KnownProvider => _forward.IsValueCreated ? _forward.Value.Provider : _programs.Provider ?? Options.Provider;

    private OnnxSession OpenForward() => Observed("forward", () => OnnxSession.Create(ForwardGraph(), _settings));

    private BackwardProgram Compile(ProgramSpec spec) => Observed(spec.GetType().Name, () => BackwardProgram.Create(this, spec, _settings));

    private OnnxModel ForwardGraph()
    {
        OnnxModel pruned = Graph.Model.Clone();
        GraphEditing.Prune(pruned, Graph.Shapes, Graph.Logits);
        return pruned;
    }

    private T Observed<T>(string program, Func<T> make)
    {
        using Operation operation = Operation.Start(TelemetryNames.Compile).Tag("model", Name).Tag("program", program);
        try
        {
            T made = make();
            operation.Done();
            return made;
        }
        catch (Exception failure) when (operation.Failed(failure))
        {
            throw;
        }
    }
}
