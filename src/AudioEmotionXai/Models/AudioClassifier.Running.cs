namespace AudioEmotionXai;

// How graphs are made ready and run: batches, programs, uses, and what tracing sees of them
public sealed partial class AudioClassifier
{
    private static readonly int[] s_assumedLengths = [256, 16_000, 160_000];

    /// <summary>The items that the forward pass takes at once within the memory bound, where nothing is known of the lengths of free
    /// axes.</summary>
    internal int BatchSize => _batches.Value.Items;

    /// <summary>The items of a batch's lengths that the forward pass takes at once within the memory bound.</summary>
    internal int BatchSizeFor(FloatTensor input) => _batches.Value.ItemsFor(input);

    /// <summary>The bytes of weights that the model's sessions share.</summary>
    internal long SharedWeightBytes => _settings.Weights!.Bytes;

    /// <summary>The same with the copies that kernels may have made of them.</summary>
    internal long SharedWeightBytesWithCopies => _settings.Weights!.BytesWithCopies;

    /// <summary>The compiled explanations that are kept.</summary>
    internal int ProgramCount => _programs.Count;

    /// <summary>The bytes that they take, as the bound counts them.</summary>
    internal long ProgramBytes => _programs.Bytes;

    /// <summary>The device as far as it is known without starting a session.</summary>
    private ExecutionProvider KnownProvider => _forward.Known?.Session.Provider ?? _programs.Provider ?? Options.Provider;

    /// <summary>Keeps the model's sessions until the use ends, also where it is disposed meanwhile.</summary>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    internal SharedHandle.Lease Enter() => _handle.Enter();

    /// <summary>An operation on this model, for tracing and metrics.</summary>
    internal Operation Observe(string name, int items, string? method = null)
    {
        Operation operation = Operation.Start(name, method);
        if (operation.IsTraced)
            operation.Tag("model", Name).Tag("method", method).Tag("items", items).Tag("provider", KnownProvider.ToString());
        return operation;
    }

    /// <summary>The items that a compiled explanation takes at once within the memory bound.</summary>
    /// <param name="spec">What is compiled.</param>
    /// <param name="input">A batch of the lengths to come, where it is known.</param>
    /// <param name="cancellationToken">Stops the compilation.</param>
    internal int ItemsAtOnce(ProgramSpec spec, FloatTensor? input = null, CancellationToken cancellationToken = default) => Use(
        spec,
        input?.Shape.ToArray(),
        program => input is null ? program.Batches.Items : program.Batches.ItemsFor(input),
        cancellationToken);

    /// <summary>A compiled explanation, made on first use and kept.</summary>
    internal GraphProgram Program(ProgramSpec spec) => Use(spec, null, program => program);

    /// <summary>Runs a compiled explanation in batches; targets below zero mean the predicted class. The callback is told how many items
    /// are done.</summary>
    internal ProgramOutput Run(
        ProgramSpec spec, FloatTensor input, int[] targets, CancellationToken cancellationToken, Action<int>? done = null)
    {
        CheckInput(input);
        return Use(
            spec,
            input.Shape.ToArray(),
            program =>
            {
                FloatTensor[] outputs = program.Run(input, targets, cancellationToken, done);
                return new ProgramOutput(outputs[0], outputs[1], outputs[2..], [.. program.Session.OutputNames.Skip(2)]);
            },
            cancellationToken);
    }

    /// <summary>Lengths of the input as they may be: what is looked at where there is no input. A second of samples, or 256
    /// frames.</summary>
    internal int[] AssumedLengths
    {
        get
        {
            int[] lengths = [];
            foreach (int free in s_assumedLengths)
            {
                int least = Layout?.IndexOf(InputAxis.Samples) >= 0 ? Math.Max(free, s_assumedLengths[1]) : free;
                lengths = [.. InputShape.Select((length, axis) => length > 0 ? length : axis == 0 ? 1 : least)];
                try
                {
                    ShapeInference.InferFixed(Graph.Model, items: 1, least, lengths);
                    break;
                }
                catch (ModelFormatException)
                {
                    // Shorter than a window of the model
                }
            }

            return lengths;
        }
    }

    /// <summary>A compiled explanation as a plain ONNX model.</summary>
    /// <param name="spec">What is compiled.</param>
    /// <param name="lengths">The lengths that free axes may be fixed to where a rule needs to know them; null where they stay free.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal OnnxModel Compile(ProgramSpec spec, int[]? lengths = null, CancellationToken cancellationToken = default)
    {
        OnnxModel? compiled = null;
        _free.Try(spec, lengths, key => compiled = Compile(key, cancellationToken));
        return compiled!;
    }

    /// <summary>The graph as the gradient's program has it: with lengths fixed only where its rules need them.</summary>
    internal ClassifierGraph GraphForGradients()
    {
        ClassifierGraph graph = Graph;
        try
        {
            _free.Try(new Gradient().Program, AssumedLengths, key =>
            {
                graph = _free.GraphFor(key.Lengths);
                BackwardCompiler.Compile(graph, key.Spec);
            });
        }
        catch (Exception failure) when (failure is UnsupportedOperatorException or ModelFormatException)
        {
            // The last graph that was tried knows most
        }

        return graph;
    }

    private OnnxModel Compile(ProgramKey key, CancellationToken cancellationToken)
    {
        ClassifierGraph graph = _free.GraphFor(key.Lengths);
        return BackwardCompiler.Compile(key.Spec.KeepSoftmax ? graph.WithHead() : graph, key.Spec, cancellationToken);
    }

    private T Use<T>(ProgramSpec spec, int[]? lengths, Func<GraphProgram, T> work, CancellationToken cancellationToken = default)
    {
        T result = default!;
        _free.Try(spec, lengths, key => result = _programs.Use(key, work, cancellationToken));
        return result;
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

    private GraphProgram MakeForward(CancellationToken cancellationToken) =>
        Observed("forward", () => GraphProgram.Create(this, ForwardGraph(), _settings, cancellationToken));

    private GraphProgram MakeProgram(ProgramKey key, CancellationToken cancellationToken)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        GraphProgram made = Observed(
            key.Spec.GetType().Name,
            () =>
            {
                OnnxModel graph = Compile(key, cancellationToken);
                _programs.MakeRoom(OnnxSession.BytesToMake(graph));
                return GraphProgram.Create(this, graph, _settings, cancellationToken);
            });
        NativeHeap.GiveBack(GC.GetAllocatedBytesForCurrentThread() - before);
        return made;
    }

    private void Free()
    {
        bool isLarge = SharedWeightBytes > 0;
        _forward.Known?.Dispose();
        _programs.Dispose();
        if (isLarge)
            NativeHeap.Trim();
    }

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
