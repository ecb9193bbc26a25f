using System.Collections.Concurrent;
using Provisioning.Connectors;

namespace Provisioning.Http;

/// <summary>
/// Remembers what was made a moment ago, for targets whose servers do not all know it at once: "not found" then does not mean gone.
/// </summary>
public sealed class RecentObjects(TimeProvider time)
{
    private const int Most = 10_000;
    private static readonly TimeSpan s_settling = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _made = new(StringComparer.Ordinal);

    /// <summary>Notes that an object was made now.</summary>
    public void Add(string id)
    {
        if (_made.Count >= Most)
            Trim();
        _made[id] = time.GetUtcNow();
    }

    /// <summary>Notes that an object was deleted: it really is not found from now on.</summary>
    public void Remove(string id) => _made.TryRemove(id, out _);

    /// <summary>Runs a call about an object.</summary>
    /// <exception cref="ConnectorException">
    /// <see cref="FailureKind.Transient"/> in place of <see cref="FailureKind.Gone"/>, and of a refusal with 403, while the object is recent.
    /// </exception>
    public async Task<T> SettledAsync<T>(string id, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (ConnectorException failure) when (IsUnknownYet(failure) && IsRecent(id))
        {
            throw new ConnectorException(FailureKind.Transient, $"'{id}' was just created and is not known everywhere yet: {failure.Message}", failure) { TargetCode = failure.TargetCode };
        }
    }

    /// <inheritdoc cref="SettledAsync{T}" />
    public Task SettledAsync(string id, Func<Task> call) => SettledAsync(id, async () =>
    {
        await call();
        return true;
    });

    // In the words of the API, that is: a page of a proxy says nothing of the object.
    private static bool IsUnknownYet(ConnectorException failure) => failure.Kind == FailureKind.Gone
        || (failure.Kind == FailureKind.Rejected && HttpFailure.HasStatus(failure, 403) && failure.TargetCode!.Contains(' ', StringComparison.Ordinal));

    /// <summary>Whether an object was made a moment ago.</summary>
    public bool IsRecent(string id) => _made.TryGetValue(id, out var at) && time.GetUtcNow() - at < s_settling;

    private void Trim()
    {
        var limit = time.GetUtcNow() - s_settling;
        foreach (var (id, at) in _made)
        {
            if (at < limit)
                _made.TryRemove(id, out _);
        }
    }
}
