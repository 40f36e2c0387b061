namespace AudioEmotionXai.Reporting;

/// <summary>
/// Cuts samples into overlapping windows that cover them exactly: one every hop, and a last one that ends where the samples do. Only
/// samples shorter than a window give a window that is not full.
/// </summary>
internal sealed class WindowSlicer(ISampleReader reader, int length, int hop)
{
    private readonly float[] _window = new float[length];
    private readonly float[] _coming = new float[hop];
    private bool _hasBegun;
    private bool _hasEnded;

    /// <summary>The sample at which the window begins.</summary>
    public long Start { get; private set; }

    /// <summary>How many samples the window has.</summary>
    public int Count { get; private set; }

    /// <summary>The window's samples; overwritten by the next.</summary>
    public ReadOnlySpan<float> Samples => _window.AsSpan(0, Count);

    /// <summary>Goes on to the next window, the first one to begin with.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        if (_hasEnded)
            return false;
        if (!_hasBegun)
        {
            _hasBegun = true;
            Count = reader.Read(_window);
            _hasEnded = Count < length;
            return Count > 0;
        }

        int read = reader.Read(_coming);
        _hasEnded = read < hop;
        _window.AsSpan(read).CopyTo(_window);
        _coming.AsSpan(0, read).CopyTo(_window.AsSpan(length - read));
        Start += read;
        return read > 0;
    }
}
