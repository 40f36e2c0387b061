namespace AudioEmotionXai;

/// <summary>Counts who is using a native resource, so that it cannot be disposed under somebody's feet.</summary>
/// <param name="owner">The type that disposal errors name.</param>
/// <param name="name">What messages call the resource.</param>
internal sealed class UseGate(Type owner, string name)
{
    private readonly Lock _lock = new();
    private int _users;
    private bool _closed;

    /// <summary>Starts a use; end it by disposing what is returned, once.</summary>
    /// <exception cref="ObjectDisposedException">The resource is gone.</exception>
    public Use Enter()
    {
        lock (_lock)
        {
            if (_closed)
                throw new ObjectDisposedException(owner.FullName, $"{name}: is disposed.");
            _users++;
        }

        return new Use(this);
    }

    /// <summary>Closes the gate; false where it was closed before.</summary>
    /// <exception cref="InvalidOperationException">Somebody is still inside; the gate stays open.</exception>
    public bool TryClose()
    {
        lock (_lock)
        {
            if (_closed)
                return false;
            if (_users > 0)
                throw new InvalidOperationException(
                    $"{name}: is in use and cannot be disposed; wait for what runs, or cancel it, before disposing.");
            return _closed = true;
        }
    }

    private void Leave()
    {
        lock (_lock)
            _users--;
    }

    /// <summary>One use of the resource.</summary>
    public readonly struct Use(UseGate gate) : IDisposable
    {
        public void Dispose() => gate.Leave();
    }
}
