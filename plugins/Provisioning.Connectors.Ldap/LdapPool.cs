using System.Collections.Concurrent;
using System.DirectoryServices.Protocols;

namespace Provisioning.Connectors.Ldap;

/// <summary>A bounded number of connections that are kept open.</summary>
internal sealed class LdapPool(LdapSettings settings, ConnectorContext context) : IAsyncDisposable
{
    // Directories close idle connections, Active Directory after 15 minutes; firewalls in between sooner.
    private static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(45);

    private readonly LdapOpener _opener = new(settings, context);
    private readonly SemaphoreSlim _free = new(settings.Connections, settings.Connections);
    private readonly ConcurrentStack<LdapSession> _idle = new();
    private volatile bool _closed;

    /// <summary>Runs work on a connection of its own. Blocking work ends at the timeout even when the caller no longer waits.</summary>
    public async Task<T> RunAsync<T>(Func<LdapSession, T> work, CancellationToken cancellationToken)
    {
        await using var lease = await RentAsync(cancellationToken);
        return await lease.RunAsync(work, cancellationToken);
    }

    public Task RunAsync(Action<LdapSession> work, CancellationToken cancellationToken) =>
        RunAsync(
            session =>
            {
                work(session);
                return true;
            },
            cancellationToken);

    /// <summary>Takes a connection for several pieces of work, as a paged listing needs.</summary>
    public async Task<LdapLease> RentAsync(CancellationToken cancellationToken)
    {
        if (_closed)
            throw new ConnectorException(FailureKind.Transient, "the directory was closed, as its settings or its plugin changed");
        await _free.WaitAsync(cancellationToken);
        return new LdapLease(this);
    }

    public ValueTask DisposeAsync()
    {
        _closed = true;
        while (_idle.TryPop(out var session))
            session.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A connection that works as far as can be told; opens one if none is idle.</summary>
    internal LdapSession Take()
    {
        while (_idle.TryPop(out var session))
        {
            if (context.Time.GetUtcNow() - session.LastUsed < StaleAfter || IsAlive(session))
                return session;
            session.Dispose();
        }

        return _opener.Open();
    }

    internal void Return(LdapSession? session)
    {
        if (session is not null)
        {
            session.LastUsed = context.Time.GetUtcNow();
            if (!session.Broken && !_closed)
                _idle.Push(session);
            else
                Discard(session);
        }

        _free.Release();
    }

    // What broke one connection, a restart or a firewall, mostly broke the others too.
    private void Discard(LdapSession broken)
    {
        broken.Dispose();
        while (_idle.TryPop(out var session))
            session.Dispose();
    }

    private static bool IsAlive(LdapSession session)
    {
        try
        {
            session.Search(RootDse.Request("supportedLDAPVersion"), CancellationToken.None);
            return true;
        }
        catch (Exception failure) when (failure is ConnectorException or DirectoryException)
        {
            return false;
        }
    }
}
