namespace Provisioning.Core.Ledger;

/// <summary>What waits for somebody to act, by the batch: however much it is, nobody else waits for it long.</summary>
public sealed class ParkedWork(ILedger ledger, TimeProvider time)
{
    private const int Batch = 500;
    private const int MostCauses = 1000;

    /// <summary>The causes, the most frequent first.</summary>
    public async Task<IReadOnlyList<ParkedCause>> CausesAsync(string? identityProvider, CancellationToken cancellationToken)
    {
        var causes = new Dictionary<(string, string?, string), ParkedCause>();
        await foreach (var batch in BatchesAsync(new AssignmentQuery(IdentityProvider: identityProvider), null, cancellationToken))
            foreach (var one in batch)
            {
                var key = (one.IdentityProvider, one.LastFailure?.ToString(), Cause.Of(one.LastError));
                if (causes.TryGetValue(key, out var known))
                    causes[key] = known with { Count = known.Count + 1 };
                else if (causes.Count < MostCauses)
                    causes.Add(key, new ParkedCause(one.IdentityProvider, one.LastFailure, key.Item3, 1, one.Id));
            }

        return [.. causes.Values.OrderByDescending(x => x.Count)];
    }

    /// <summary>Those that failed at the same identity provider for the same cause, the given one among them.</summary>
    public static (AssignmentQuery Query, string Cause) Alike(Assignment one) =>
        (new AssignmentQuery(IdentityProvider: one.IdentityProvider) { Failure = one.LastFailure }, Cause.Of(one.LastError));

    /// <summary>Retries all that are parked and match; returns how many.</summary>
    /// <param name="cause">Only those with this cause; null for any.</param>
    public async Task<long> RetryAsync(AssignmentQuery query, string? cause, CancellationToken cancellationToken)
    {
        long count = 0;
        await foreach (var batch in BatchesAsync(query, cause, cancellationToken))
            count += await ledger.RetryAsync([.. batch.Select(x => x.Id)], time.GetUtcNow(), cancellationToken);
        return count;
    }

    /// <summary>Gives up all that are parked and match; returns how many.</summary>
    /// <param name="cause">Only those with this cause; null for any.</param>
    public async Task<long> DiscardAsync(AssignmentQuery query, string? cause, string reason, string actor, CancellationToken cancellationToken)
    {
        long count = 0;
        await foreach (var batch in BatchesAsync(query, cause, cancellationToken))
            count += await ledger.DiscardAsync([.. batch.Select(x => x.Id)], reason, actor, time.GetUtcNow(), cancellationToken);
        return count;
    }

    private async IAsyncEnumerable<IReadOnlyList<Assignment>> BatchesAsync(
        AssignmentQuery query, string? cause, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        query = query with { Status = AssignmentStatus.Parked, Max = Batch };
        while (await ledger.ListAssignmentsAsync(query, cancellationToken) is { Count: > 0 } batch)
        {
            query = query with { AfterId = batch[^1].Id };
            var alike = cause is null ? batch : [.. batch.Where(x => Cause.Of(x.LastError) == cause)];
            if (alike.Count > 0)
                yield return alike;
        }
    }
}
