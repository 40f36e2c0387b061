namespace AudioEmotionXai;

/// <summary>
/// A resource with users on several threads, in the way of <see cref="System.Runtime.InteropServices.SafeHandle"/>: disposing it refuses
/// new users at once, and frees it when the last one leaves.
/// </summary>
/// <param name="owner">The type that disposal errors name.</param>
/// <param name="name">What messages call the resource.</param>
/// <param name="free">Frees it; called once, on the thread that leaves last.</param>
internal sealed class SharedHandle(Type owner, string name, Action free) : IDisposable
{
    [ThreadStatic]
    private static Lease? t_innermost;

    private readonly Lock _lock = new();
    private int _users;
    private bool _closed;

    /// <summary>Starts a use; end it by disposing what is returned, on the same thread. A thread that is inside may enter again even after
    /// disposal, so that its work can end normally.</summary>
    /// <exception cref="ObjectDisposedException">The resource is disposed.</exception>
    public Lease Enter()
    {
        lock (_lock)
        {
            if (_closed && !IsInside())
                throw new ObjectDisposedException(owner.FullName, $"{name}: is disposed.");
            _users++;
        }

        return t_innermost = new Lease(this, t_innermost);
    }

    /// <summary>Refuses new users, and frees the resource once nobody is inside; a second time does nothing.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_closed)
                return;
            _closed = true;
            if (_users > 0)
                return;
        }

        free();
    }

    private bool IsInside()
    {
        for (Lease? lease = t_innermost; lease is not null; lease = lease.Outer)
            if (lease.Handle == this)
                return true;
        return false;
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_users > 0 || !_closed)
                return;
        }

        free();
    }

    /// <summary>One use of the resource.</summary>
    public sealed class Lease(SharedHandle handle, Lease? outer) : IDisposable
    {
        public SharedHandle Handle => handle;

        public Lease? Outer => outer;

        public void Dispose()
        {
            t_innermost = outer;
            handle.Leave();
        }
    }
}
