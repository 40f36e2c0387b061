namespace AudioEmotionXai;

/// <summary>Something that takes long to make: made once, by whoever needs it first. Others wait for it; waiting and making can be
/// cancelled, and what failed or was cancelled is made by the next who asks.</summary>
/// <param name="make">Makes it.</param>
internal sealed class Prepared<T>(Func<CancellationToken, T> make)
    where T : class
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private T? _value;

    /// <summary>It, if it is there.</summary>
    public T? Known => Volatile.Read(ref _value);

    /// <summary>It, made if need be.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before it was there.</exception>
    public T Get(CancellationToken cancellationToken = default)
    {
        if (Known is { } known)
            return known;
        while (!_gate.TryEnter(s_look))
            cancellationToken.ThrowIfCancellationRequested();
        try
        {
            if (_value is null)
                Volatile.Write(ref _value, make(cancellationToken));
            return _value!;
        }
        finally
        {
            _gate.Exit();
        }
    }
}
