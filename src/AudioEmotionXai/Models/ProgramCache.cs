namespace AudioEmotionXai;

/// <summary>
/// A model's compiled explanations: each made once, on first use, and kept. Beyond a bound the one that was not used for longest goes, so
/// that a service which lets its callers choose options does not fill the memory with sessions; who is inside it ends normally.
/// </summary>
/// <param name="create">Compiles a specification; may throw, and is then asked again next time.</param>
/// <param name="most">How many are kept.</param>
internal sealed class ProgramCache(Func<ProgramSpec, GraphProgram> create, int most) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ProgramSpec, Entry> _entries = [];
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

    /// <summary>Runs work on the program of a specification, which stays for that long.</summary>
    public T Use<T>(ProgramSpec spec, Func<GraphProgram, T> work)
    {
        using SharedHandle.Lease lease = Enter(spec, out Entry entry);
        try
        {
            return work(entry.Program);
        }
        finally
        {
            if (entry.Known is null)
                Forget(spec, entry);
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

    private SharedHandle.Lease Enter(ProgramSpec spec, out Entry entry)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(AudioClassifier));
            if (!_entries.TryGetValue(spec, out Entry? known))
                _entries[spec] = known = new Entry(() => create(spec));
            known.LastUse = ++_clock;
            if (_entries.Count > most)
                RemoveOldest();
            entry = known;
            return known.Handle.Enter();
        }
    }

    private void Forget(ProgramSpec spec, Entry entry)
    {
        lock (_lock)
            if (_entries.GetValueOrDefault(spec) == entry)
                _entries.Remove(spec);
    }

    private void RemoveOldest()
    {
        KeyValuePair<ProgramSpec, Entry> oldest = _entries.MinBy(pair => pair.Value.LastUse);
        _entries.Remove(oldest.Key);
        oldest.Value.Handle.Dispose();
    }

    private sealed class Entry
    {
        private readonly Func<GraphProgram> _create;
        private GraphProgram? _program;
        private object? _lock;

        public Entry(Func<GraphProgram> create)
        {
            _create = create;
            Handle = new SharedHandle(typeof(GraphProgram), nameof(GraphProgram), () => Known?.Dispose());
        }

        public SharedHandle Handle { get; }

        public GraphProgram? Known => Volatile.Read(ref _program);

        public GraphProgram Program => LazyInitializer.EnsureInitialized(ref _program, ref _lock, _create);

        public long LastUse { get; set; }
    }
}
