namespace AudioEmotionXai;

/// <summary>
/// A model's compiled explanations: each made once, on first use, and kept. Beyond a bound of number, bytes or threads those that were not
/// used for longest go, so that a service which lets its callers choose options does not fill the memory with sessions; who is inside
/// one ends normally.
/// </summary>
/// <param name="create">Compiles a specification; may throw, and is then asked again next time.</param>
/// <param name="most">How many are kept.</param>
/// <param name="mostBytes">How many bytes they may take, by an estimate; the one in use is kept, whatever it takes.</param>
/// <param name="sharedBytes">What they share, in bytes.</param>
internal sealed class ProgramCache(
    Func<ProgramKey, CancellationToken, GraphProgram> create, int most, long mostBytes, Func<long> sharedBytes) : IDisposable
{
    // Of sessions that have threads of their own
    private const int MostThreads = 256;

    // What making a program may take for a moment beside the bound: for less, programs that are there do not give way
    private const long FreeToMake = 256L << 20;

    private readonly Lock _lock = new();
    private readonly Dictionary<ProgramKey, Entry> _entries = [];
    private long _clock;
    private bool _isDisposed;

    /// <summary>The device of any program that is there.</summary>
    public ExecutionProvider? Provider
    {
        get
        {
            lock (_lock)
                return _entries.Values.Select(entry => entry.Known?.Session.Provider).FirstOrDefault(provider => provider is not null);
        }
    }

    /// <summary>How many programs are kept.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _entries.Count;
        }
    }

    /// <summary>The bytes that they take, by an estimate.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
                return Known().Sum(program => program.Session.OwnBytes) + sharedBytes();
        }
    }

    /// <summary>Ends programs that were not used for longest, so that the bound holds while another is made.</summary>
    /// <param name="bytes">What making it takes for a moment.</param>
    public void MakeRoom(long bytes) => RemoveWhile(
        () => bytes > FreeToMake && Bytes + bytes - FreeToMake > mostBytes, entry => entry.Known is not null);

    /// <summary>Runs work on the program of a specification, which stays for that long.</summary>
    public T Use<T>(ProgramKey key, Func<GraphProgram, T> work, CancellationToken cancellationToken = default)
    {
        using SharedHandle.Lease lease = Enter(key, out Entry entry);
        try
        {
            bool isNew = entry.Known is null;
            GraphProgram program = entry.Program.Get(cancellationToken);
            if (isNew)
                Trim(entry);
            return work(program);
        }
        finally
        {
            Leave(key, entry);
        }
    }

    /// <summary>Ends every session.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            foreach (Entry entry in _entries.Values)
                entry.Handle.Dispose();
            _entries.Clear();
        }
    }

    private SharedHandle.Lease Enter(ProgramKey key, out Entry entry)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(AudioClassifier));
            if (!_entries.TryGetValue(key, out Entry? known))
                _entries[key] = known = new Entry(cancellation => create(key, cancellation));
            known.LastUse = ++_clock;
            while (_entries.Count > most)
                RemoveOldest(entry => entry != known);
            entry = known;
            return known.Handle.Enter();
        }
    }

    /// <summary>Forgets what could not be made; what was made after it was forgotten, by one who waited, ends with its last user.</summary>
    private void Leave(ProgramKey key, Entry entry)
    {
        lock (_lock)
        {
            bool isKept = _entries.GetValueOrDefault(key) == entry;
            if (isKept && entry.Known is null)
                _entries.Remove(key);
            else if (!isKept)
                entry.Handle.Dispose();
        }
    }

    private void Trim(Entry kept) => RemoveWhile(
        () => _entries.Count > 1 && IsOverFull(), entry => entry != kept && entry.Known is not null);

    private void RemoveWhile(Func<bool> isTooMuch, Func<Entry, bool> among)
    {
        bool isFreed = false;
        lock (_lock)
            while (isTooMuch() && RemoveOldest(among))
                isFreed = true;
        if (isFreed)
            NativeHeap.Trim();
    }

    private bool IsOverFull() => Bytes > mostBytes || Known().Sum(program => program.Session.OwnThreads) > MostThreads;

    private IEnumerable<GraphProgram> Known() => _entries.Values.Select(entry => entry.Known).OfType<GraphProgram>();

    private bool RemoveOldest(Func<Entry, bool> among)
    {
        ProgramKey? oldest = _entries.Where(pair => among(pair.Value)).OrderBy(pair => pair.Value.LastUse).Select(pair => pair.Key)
            .FirstOrDefault();
        if (oldest is null || !_entries.Remove(oldest, out Entry? entry))
            return false;
        entry.Handle.Dispose();
        return true;
    }

    private sealed class Entry
    {
        public Entry(Func<CancellationToken, GraphProgram> create)
        {
            Program = new Prepared<GraphProgram>(create);
            Handle = new SharedHandle(typeof(GraphProgram), nameof(GraphProgram), () => Known?.Dispose());
        }

        public SharedHandle Handle { get; }

        public GraphProgram? Known => Program.Known;

        public Prepared<GraphProgram> Program { get; }

        public long LastUse { get; set; }
    }
}
