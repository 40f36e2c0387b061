namespace AudioEmotionXai;

/// <summary>Runs changed copies of one item after another through the model, in batches of the model's size out of one buffer, and reports
/// progress over all items.</summary>
internal sealed class PerturbedRuns
{
    private readonly AttributionRequest _request;
    private readonly ClassScore _score;
    private readonly FloatTensor _buffer;
    private readonly float[] _planes;
    private readonly int _total;
    private int _done;

    /// <summary>Prepares the buffer.</summary>
    /// <param name="request">The model and the batch to explain.</param>
    /// <param name="geometry">Where the model's cells lie; copies are written as planes.</param>
    /// <param name="score">Which numbers come back.</param>
    /// <param name="samplesPerItem">How many copies of every item there will be at most.</param>
    /// <param name="firstItem">Items that are done already, for progress.</param>
    public PerturbedRuns(AttributionRequest request, ItemGeometry geometry, ClassScore score, int samplesPerItem, int firstItem = 0)
    {
        _done = checked(firstItem * samplesPerItem);
        _request = request;
        _score = score;
        _total = checked(samplesPerItem * request.Items);
        SamplesPerItem = samplesPerItem;
        BatchSize = Math.Clamp(request.Model.BatchSizeFor(request.Input), 1, samplesPerItem);
        _buffer = new FloatTensor([BatchSize, .. request.Input.Shape[1..]]);
        Geometry = geometry;
        _planes = new float[_buffer.Length / BatchSize];
    }

    /// <summary>Writes one changed copy.</summary>
    /// <param name="sample">Which one.</param>
    /// <param name="target">The item's cells, holding whatever was there before.</param>
    public delegate void Composer(int sample, Span<float> target);

    /// <summary>Takes the scores of the copies from <paramref name="first"/> on, (count, classes); false ends the item's runs.</summary>
    public delegate bool Consumer(int first, FloatTensor scores);

    /// <summary>Where the model's cells lie.</summary>
    public ItemGeometry Geometry { get; }

    public int SamplesPerItem { get; }

    /// <summary>How many copies run at once.</summary>
    public int BatchSize { get; }

    /// <summary>Runs one item's copies.</summary>
    public void Run(Composer compose, Consumer consume)
    {
        int end = _done + SamplesPerItem;
        bool isWanted = true;
        for (int first = 0; first < SamplesPerItem && isWanted; first += BatchSize)
        {
            int count = Math.Min(BatchSize, SamplesPerItem - first);
            int cells = _buffer.Length / BatchSize;
            for (int i = 0; i < count; i++)
                Compose(compose, first + i, _buffer.Span.Slice(i * cells, cells));
            isWanted = consume(first, Scores(_buffer.Items(0, count)));
            _done = isWanted ? _done + count : end;
            _request.Report(_done, _total);
        }
    }

    private void Compose(Composer compose, int sample, Span<float> own)
    {
        if (Geometry.IsInPlace)
        {
            compose(sample, own);
            return;
        }

        compose(sample, _planes);
        Geometry.ToOwn(_planes, own);
    }

    private FloatTensor Scores(FloatTensor batch) => _score == ClassScore.Probability
        ? _request.Model.Values(batch, _request.CancellationToken)
        : _request.Model.Logits(batch, _request.CancellationToken);
}
