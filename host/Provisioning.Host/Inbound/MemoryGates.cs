using Microsoft.AspNetCore.Http;

namespace Provisioning.Host.Inbound;

/// <summary>
/// How many requests that take much memory go on at the same time. In memory an attribute takes some tens of times what it takes as text, so a
/// service provider that lists large users, or sends large bodies, over a hundred connections would take the memory of all.
/// </summary>
internal sealed class MemoryGates : IDisposable
{
    private const int LargeBytes = 64 * 1024;

    /// <summary>Parts of lists, of all callers together: batches that a filter looks through, and pages that are written.</summary>
    private const int PartsAtATime = 3;

    private readonly CallerGate _lists = new(2);
    private readonly CallerGate _large = new(4);
    private readonly CallerGate _huge = new(1);
    private readonly SemaphoreSlim _parts = new(PartsAtATime);

    /// <summary>For a request whose body is large; null when it is small.</summary>
    public async Task<IDisposable?> EnterAsync(Caller caller, HttpRequest request, CancellationToken cancellationToken)
    {
        // How long a body is that comes in chunks is not known before.
        var length = request.ContentLength ?? (request.Headers.TransferEncoding.Count > 0 ? ScimBody.MaxBytes : 0);
        return length <= LargeBytes ? null : await (length <= ScimBody.MaxBytes ? _large : _huge).EnterAsync(caller.ServiceProvider.Name, cancellationToken);
    }

    /// <summary>For a list that no index answers.</summary>
    public Task<IDisposable> EnterListAsync(Caller caller, CancellationToken cancellationToken) =>
        _lists.EnterAsync(caller.ServiceProvider.Name, cancellationToken);

    /// <summary>Runs a part of a list. What it read and does not return can be forgotten then.</summary>
    public async Task<T> RunPartAsync<T>(Func<Task<T>> part, CancellationToken cancellationToken)
    {
        await _parts.WaitAsync(cancellationToken);
        try
        {
            return await part();
        }
        finally
        {
            _parts.Release();
        }
    }

    public void Dispose() => _parts.Dispose();
}
