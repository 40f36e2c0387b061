namespace AudioEmotionXai;

/// <summary>
/// A model's compiled explanations: each made once, on first use, and kept. Beyond a bound the one that was not used for longest goes, so
/// that a service which lets its callers choose options does not fill the memory with sessions.
/// </summary>
/// <param name="create">Compiles a specification; may throw, and is then asked again next time.</param>
/// <param name="most">How many are kept; more only while they are all in use.</param>
internal sealed class ProgramCache(Func<ProgramSpec, BackwardProgram> create, int most) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ProgramSpec, Entry> _entries = [];
    private long _clock;

    /// <summary>The device of any program that is there.</summary>
    public ExecutionProvider? Provider
    {
        get
        {
            lock (_lock)
                return _entries.Values.FirstOrDefault(entry => entry.Program.IsValueCreated)?.Program.Value.Session.Provider;
        }
    }

    /// <summary>Runs work on the program of a specification, which stays for that long.</summary>
    public T Use<T>(ProgramSpec spec, Func<BackwardProgram, T> work)
    {
        Entry entry = Enter(spec);
        try
        {
            return work(entry.Program.Value);
        }
        finally
        {
            Leave(spec, entry);
        }
    }

    /// <summary>Ends every session; nobody may be inside.</summary>
    public void Dispose()
    {
        foreach (Entry entry in _entries.Values)
            entry.End();
    }

    private Entry Enter(ProgramSpec spec)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(spec, out Entry? entry))
                _entries[spec] = entry = new Entry(new Lazy<BackwardProgram>(() => create(spec)));
            entry.Users++;
            entry.LastUse = ++_clock;
            return entry;
        }
    }

    private void Leave(ProgramSpec spec, Entry entry)
    {
        lock (_lock)
        {
            entry.Users--;
            if (!entry.Program.IsValueCreated && _entries.GetValueOrDefault(spec) == entry)
                _entries.Remove(spec);
            while (_entries.Count > most && Oldest() is { } oldest)
            {
                _entries.Remove(oldest.Key);
                oldest.Value.End();
            }
        }
    }

    private KeyValuePair<ProgramSpec, Entry>? Oldest()
    {
        KeyValuePair<ProgramSpec, Entry>? oldest = null;
        foreach (KeyValuePair<ProgramSpec, Entry> pair in _entries)
            if (pair.Value.Users == 0 && (oldest is null || pair.Value.LastUse < oldest.Value.Value.LastUse))
                oldest = pair;
        return oldest;
    }

    private sealed class Entry(Lazy<BackwardProgram> program)
    {
        public Lazy<BackwardProgram> Program => program;

        public int Users { get; set; }

        public long LastUse { get; set; }

        public void End()
        {
            if (program.IsValueCreated)
                program.Value.Session.Dispose();
        }
    }
}
