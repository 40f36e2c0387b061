namespace AudioEmotionXai;

/// <summary>
/// A trained classifier in ONNX, ready to predict and to be explained: of spectrograms in any order of axes, samples or features, with one
/// class of several, several at once, or quantities. What the file does not say is worked out and said (<see cref="Contract"/>).
/// </summary>
/// <remarks>
/// Safe to use from many threads at once. Sessions are made when first needed and live as long as the model (see
/// <see cref="AudioClassifierOptions.LargestProgramCache"/>); the plain forward pass runs on a graph pruned to the logits, so that
/// intermediate outputs cost nothing. A Softmax at the model's end is left off: scores are logits, probabilities are their softmax.
/// </remarks>
/// <example>
/// <code>
/// using AudioClassifier model = AudioClassifier.Load("model.onnx");
/// Prediction heard = model.Predict("clip.wav");
/// Explanation why = new GradCam().Explain(model, "clip.wav");
/// </code>
/// </example>
public sealed partial class AudioClassifier : IDisposable
{
    private readonly SharedHandle _handle;
    private readonly SessionSettings _settings;
    private readonly ProgramCache _programs;
    private readonly Lazy<BatchPlan> _batches;
    private readonly Prepared<GraphProgram> _forward;
    private readonly FreeLengths _free;

    private AudioClassifier(OnnxModel source, AudioClassifierOptions options)
    {
        options.Validate();
        Source = source;
        Options = options;
        Graph = ClassifierGraph.Of(source, options.Contract);
        _free = new FreeLengths(source, options.Contract, Graph);
        _settings = new SessionSettings(options.Provider, options.Threads, options.DeviceId, new SharedWeights());
        _handle = new SharedHandle(typeof(AudioClassifier), source.Name, Free);
        _forward = new Prepared<GraphProgram>(MakeForward);
        _programs = new ProgramCache(
            MakeProgram, options.LargestProgramCache, options.ProgramCacheBytes, () => SharedWeightBytesWithCopies);
        _batches = new Lazy<BatchPlan>(
            () => BatchPlan.For(ForwardGraph(), Graph.Input, options), LazyThreadSafetyMode.PublicationOnly);
        Labels = Graph.Labels;
        InputShape = [.. Graph.Input.Shape!.Select(dimension => (int)(dimension.Value ?? -1))];
        if (FrontEndContract.Of(source, options.Contract) is not { } frontEnd)
            return;
        HasFrontEndInGraph = FrontEndContract.IsInGraph(source);
        FrontEnd = frontEnd.Fit(Graph.Input, HasFrontEndInGraph, Name, out _);
        TakesSamples = HasFrontEndInGraph || FrontEnd.FrontEnd.GivesSamples;
    }

    /// <summary>What messages call the model: the file's path.</summary>
    public string Name => Source.Name;

    /// <summary>The labels of the classes in the order of the scores, no two alike: "class 0" and so on where the model names none, and
    /// "crane (class 134)" where it gives one name to several.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>How a recording becomes this model's input, or null where the model file does not say.</summary>
    public FrontEndContract? FrontEnd { get; }

    /// <summary>Whether the input is the samples of recordings (N, samples), at the front end's rate, rather than spectrograms: the front
    /// end is part of the graph, or gives samples.</summary>
    public bool TakesSamples { get; }

    /// <summary>Whether the whole front end is part of the graph.</summary>
    internal bool HasFrontEndInGraph { get; }

    /// <summary>The shape of the input, items first; -1 where a length is free.</summary>
    public IReadOnlyList<int> InputShape { get; }

    /// <summary>The graph as it was read.</summary>
    public OnnxModel Source { get; }

    /// <summary>What the model takes and gives: which input, output and head were taken, what the axes mean, and where each of it comes
    /// from.</summary>
    public IReadOnlyList<ContractPart> Contract => Graph.Facts;

    /// <summary>What the axes of the input mean, or null where that is not known: methods that hide bins and frames then need
    /// <see cref="ModelContract.Layout"/>.</summary>
    public InputLayout? Layout => Graph.Layout;

    /// <summary>What the scores are.</summary>
    public ClassHead Head => Graph.Output.Head;

    /// <summary>The Softmax or Sigmoid at the end that is left off so that the scores before it are explained, as messages call it; null
    /// where there is none.</summary>
    public string? StrippedSoftmax => Graph.StrippedNode;

    /// <summary>What was done on loading to make the graph plain, such as folding constants; the scores stay what they are.</summary>
    public IReadOnlyList<AppliedPass> Passes => Graph.Passes;

    internal ClassifierGraph Graph { get; }

    /// <summary>How the model runs: for a changed copy of it to run likewise.</summary>
    internal AudioClassifierOptions Options { get; }

    /// <summary>The device that runs the graphs; asking starts the forward session.</summary>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public ExecutionProvider ActualProvider
    {
        get
        {
            using SharedHandle.Lease lease = Enter();
            return _forward.Get().Session.Provider;
        }
    }

    /// <summary>Reads a model file.</summary>
    /// <param name="path">The .onnx file.</param>
    /// <param name="options">How it runs; the defaults where null.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ModelFormatException">The file is no ONNX model, or no classifier of one input.</exception>
    /// <exception cref="DeviceNotAvailableException">The asked-for device is not there (when the first session is made).</exception>
    public static AudioClassifier Load(string path, AudioClassifierOptions? options = null) =>
        Open(path, () => OnnxModel.Load(path), options);

    /// <summary>Reads a model from a stream, to its end; the stream stays open.</summary>
    /// <param name="model">The content of an .onnx file with its weights inside.</param>
    /// <param name="options">How it runs; the defaults where null.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="ModelFormatException">The content is no ONNX model, or no classifier of one input.</exception>
    public static AudioClassifier Load(Stream model, AudioClassifierOptions? options = null, string name = "the model")
    {
        ArgumentNullException.ThrowIfNull(model);
        using MemoryStream copy = new();
        model.CopyTo(copy);
        return Load(copy.ToArray(), options, name);
    }

    /// <summary>Reads a model from memory.</summary>
    /// <param name="model">The content of an .onnx file with its weights inside. Not copied: leave it unchanged.</param>
    /// <param name="options">How it runs; the defaults where null.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="ModelFormatException">The content is no ONNX model, or no classifier of one input.</exception>
    public static AudioClassifier Load(
        ReadOnlyMemory<byte> model, AudioClassifierOptions? options = null, string name = "the model") =>
        Open(name, () => OnnxModel.Parse(model, name), options);

    /// <summary>Takes a model that is already in memory.</summary>
    /// <param name="model">The model; leave it unchanged while it is in use.</param>
    /// <param name="options">How it runs; the defaults where null.</param>
    /// <exception cref="ModelFormatException">The model is no classifier of one input.</exception>
    public static AudioClassifier FromOnnx(OnnxModel model, AudioClassifierOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Open(model.Name, () => model, options);
    }

    /// <summary>What the model says of one clip.</summary>
    /// <param name="clip">A path, a stream, bytes or samples of a recording, or a .npy file with one item.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ArgumentException">The clip does not fit the model; the message names it.</exception>
    /// <exception cref="AudioFormatException">The recording cannot be read.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="AnswerNotFiniteException">A score is NaN or infinite.</exception>
    public Prediction Predict(ClipSource clip, CancellationToken cancellationToken = default)
    {
        PreparedClip prepared = clip.Prepare(this, cancellationToken);
        return Predict(prepared.Input, cancellationToken)[0].ThrowIfNotFinite(prepared.Name).With(prepared.Warnings);
    }

    /// <summary>Makes sessions before they are needed: that of the forward pass, and those of the compiled methods (gradients, the CAM
    /// family, LRP).</summary>
    /// <param name="methods">What will be asked for; methods of many forward passes need no session of their own. Where an input's length
    /// is free and a method needs to know it, the session is made again for the first input.</param>
    /// <exception cref="UnsupportedOperatorException">The model has an operator that a method cannot pass back through.</exception>
    public void WarmUp(params IReadOnlyList<AttributionMethod> methods)
    {
        ArgumentNullException.ThrowIfNull(methods);
        _ = ActualProvider;
        foreach (CompiledMethod method in methods.OfType<CompiledMethod>())
            ItemsAtOnce(method.Program, new FloatTensor(AssumedLengths));
    }

    /// <summary>Predicts every item of a batch; large batches run in parts within the memory bound. An item whose answer is not finite says
    /// so (<see cref="Prediction.IsFinite"/>), and the others are as they are without it.</summary>
    /// <param name="input">Items as the model expects them, such as (N, 1, 128, 141).</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ArgumentException">The input's shape is not what the model expects.</exception>
    public Prediction[] Predict(FloatTensor input, CancellationToken cancellationToken = default)
    {
        FloatTensor logits = Logits(input, cancellationToken);
        return ToPredictions(logits);
    }

    /// <summary>The scores before the softmax, shape (N, classes).</summary>
    /// <param name="input">Items as the model expects them.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ArgumentException">The input's shape is not what the model expects.</exception>
    public FloatTensor Logits(FloatTensor input, CancellationToken cancellationToken = default)
    {
        CheckInput(input);
        using SharedHandle.Lease lease = Enter();
        using Operation operation = Observe(TelemetryNames.Predict, input.Shape[0]);
        try
        {
            FloatTensor logits = _forward.Get(cancellationToken).Run(input, [], cancellationToken)[0];
            operation.Done();
            return logits;
        }
        catch (Exception failure) when (operation.Failed(failure))
        {
            throw;
        }
    }

    /// <summary>The probabilities, shape (N, classes).</summary>
    /// <param name="input">Items as the model expects them.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ArgumentException">The input's shape is not what the model expects.</exception>
    /// <exception cref="InvalidOperationException">The head is linear: see <see cref="Values"/>.</exception>
    public FloatTensor Probabilities(FloatTensor input, CancellationToken cancellationToken = default)
    {
        if (!Head.HasProbabilities())
            throw new InvalidOperationException(
                $"{Name}: the head is {Head.Name()}: there are no probabilities, the scores are what counts.");
        return Values(input, cancellationToken);
    }

    /// <summary>What the head makes of the scores, shape (N, classes): probabilities, or the scores themselves where it is
    /// linear.</summary>
    /// <param name="input">Items as the model expects them.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ArgumentException">The input's shape is not what the model expects.</exception>
    /// <exception cref="ModelFormatException">The scores are said to be probabilities, and are not.</exception>
    public FloatTensor Values(FloatTensor input, CancellationToken cancellationToken = default)
    {
        FloatTensor scores = Logits(input, cancellationToken);
        for (int item = 0; item < scores.Shape[0]; item++)
        {
            Span<float> row = scores.Item(item).Span;
            Head.Apply(row, row, Name);
        }

        return scores;
    }

    /// <summary>
    /// Ends the model: later calls throw <see cref="ObjectDisposedException"/>, while predictions and explanations that already run, on
    /// whatever threads, end normally; the sessions and their memory are freed when the last of them has. Never throws; a second time does
    /// nothing.
    /// </summary>
    public void Dispose() => _handle.Dispose();

    /// <summary>One prediction for every row of scores.</summary>
    internal Prediction[] ToPredictions(FloatTensor logits)
    {
        Prediction[] predictions = new Prediction[logits.Shape[0]];
        for (int item = 0; item < predictions.Length; item++)
            predictions[item] = new Prediction(logits.Item(item).Span, Labels, Head, Name);
        return predictions;
    }

    /// <summary>Whether a batch has the shape that the model takes.</summary>
    internal bool Accepts(FloatTensor input)
    {
        bool fits = input.Rank == InputShape.Count && input.Length > 0;
        for (int axis = 1; fits && axis < input.Rank; axis++)
            fits = InputShape[axis] < 0 || InputShape[axis] == input.Shape[axis];
        return fits;
    }

    internal void CheckInput(FloatTensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!Accepts(input))
            throw new ArgumentException($"The input has the shape {input}, but the model {Name} expects {DescribeInput()}.", nameof(input));
    }

    internal string DescribeInput() =>
        $"({string.Join(", ", Graph.Input.Shape!.Select((dimension, axis) => axis == 0 ? "N" : dimension.ToString()))})";
}
