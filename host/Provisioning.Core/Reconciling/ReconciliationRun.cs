using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;
using Provisioning.Core.Targets;

namespace Provisioning.Core.Reconciling;

/// <summary>
/// One run: reads the listing of the target part by part, compares each part with the ledger, and only when the listing came to its end looks
/// for what it did not show. No more than a part is ever in memory.
/// </summary>
internal sealed class ReconciliationRun(
    Reconciliation run, string owner, IdentityProvider provider, IConnector connector, IReconciliationStore store, ILedger ledger, OperationPacer pacer, TimeProvider time, Action<string> log)
{
    private const int Part = 500;

    /// <summary>Accounts to a page, as far as the rate of the target is concerned.</summary>
    private const int Page = 100;

    /// <summary>So many accounts that are not ours are kept one by one.</summary>
    private const int MostStrangers = 10_000;

    /// <summary>So many missing accounts are asked for one by one.</summary>
    private const int MostAsked = 10_000;

    private readonly Motion _motion = new(run.Started!.Value - provider.Reconciliation.Settling);
    private readonly AccountComparison _comparison = new(provider);
    private readonly MissingCount _missing = new(provider.Guard);
    private readonly UnknownMarkers _markers = new();
    private int _strangers;
    private int _asked;

    /// <summary>What an operator should know of it though it is complete; null if there is nothing.</summary>
    public string? Warning => _markers.Warning;

    private IListAccounts Lister => (IListAccounts)connector;

    /// <returns>What makes it suspicious; null if nothing does.</returns>
    /// <exception cref="RunLostException" />
    public async Task<string?> CompareAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(provider.Reconciliation.TimeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var context = new OperationContext(run.Id, 1, time.GetUtcNow() + provider.Reconciliation.TimeLimit, log);
        ResourceType[] types = provider.Groups.Count > 0 && connector is IManageGroups ? [ResourceType.User, ResourceType.Group] : [ResourceType.User];
        foreach (var type in types)
            await ListAsync(type, context, either.Token);
        if (types.Length > 1 && connector is IListMembers members)
            await CompareMembersAsync(members, context, either.Token);

        // All of it was listed: what was not is missing.
        foreach (var type in types)
            await MissAsync(type, context, either.Token);
        return _missing.Suspicion;
    }

    /// <summary>Acts on what was found; returns how many assignments it was.</summary>
    /// <exception cref="RunLostException" />
    public async Task<long> ActAsync(CancellationToken cancellationToken)
    {
        long acted = 0;
        for (long after = 0; ;)
        {
            var kind = run.Mode == ReconciliationMode.Adopt ? FindingKind.Adoptable : (FindingKind?)null;
            var findings = await store.FindingsAsync(run.Id, kind, FindingStep.Possible, after, Part, cancellationToken);
            if (findings.Count == 0)
                return acted;
            after = findings[^1].Number;
            List<Finding> meant = [.. findings.Where(x => (x.Kind == FindingKind.Adoptable) == (run.Mode == ReconciliationMode.Adopt))];
            acted += await store.ActAsync(run.Id, owner, meant, _motion.Since, time.GetUtcNow(), cancellationToken) ?? throw new RunLostException();
        }
    }

    private async Task ListAsync(ResourceType type, OperationContext context, CancellationToken cancellationToken)
    {
        var part = new List<Account>(Part);
        var count = 0;
        await pacer.WaitAsync(ConnectorOperation.Find, cancellationToken);
        await foreach (var account in Lister.ListAsync(type, context, cancellationToken))
        {
            part.Add(account);
            if (part.Count >= Part)
            {
                await CompareAsync(type, part, cancellationToken);
                part.Clear();
            }

            if (++count % Page == 0)
                await pacer.WaitAsync(ConnectorOperation.Find, cancellationToken);
        }

        await CompareAsync(type, part, cancellationToken);
        _missing.Listed(type, count);
        _markers.Listed(count);
    }

    private async Task CompareAsync(ResourceType type, List<Account> part, CancellationToken cancellationToken)
    {
        var findings = new BatchFindings(Keeps);
        var ids = part.Select(x => x.Id).ToList();
        var holders = (await ledger.HoldersAsync(provider.Name, type, ids, cancellationToken)).DistinctBy(x => x.AccountId).ToDictionary(x => x.AccountId!, StringComparer.Ordinal);
        foreach (var account in part)
            if (holders.TryGetValue(account.Id, out var assignment))
                Compare(assignment, account, findings);
        var strangers = part.Where(x => !holders.ContainsKey(x.Id)).ToList();
        await new StrangerComparison(provider, store, _motion, _markers).CompareAsync(type, strangers, findings, cancellationToken);
        await StoreAsync(findings.ToBatch(type, ids), cancellationToken);
    }

    private void Compare(Assignment assignment, Account account, BatchFindings findings)
    {
        if (!_motion.IsSettled(assignment))
        {
            findings.InMotion++;
            return;
        }

        foreach (var finding in _comparison.Compare(assignment, account))
            findings.Add(finding);
    }

    private async Task CompareMembersAsync(IListMembers members, OperationContext context, CancellationToken cancellationToken)
    {
        await foreach (var known in KnownAsync(ResourceType.Group, cancellationToken))
        {
            if (!known.Seen || !_motion.IsSettled(known) || await ledger.FindAssignmentAsync(known.AssignmentId, cancellationToken) is not { } group)
                continue;
            await pacer.WaitAsync(ConnectorOperation.Find, cancellationToken);
            if (await MembersAsync(members, known, context, cancellationToken) is not { } theirs || MemberComparison.Compare(group, theirs) is not { } finding)
                continue;
            var findings = new BatchFindings(Keeps);
            findings.Add(finding);
            await StoreAsync(findings.ToBatch(ResourceType.Group, []), cancellationToken);
        }
    }

    /// <returns>Null if the target does not tell: one group that is refused, or that vanished since it was listed, does not end the run.</returns>
    private async Task<HashSet<string>?> MembersAsync(IListMembers members, KnownAccount group, OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await members.ListMembersAsync(group.AccountId, context, cancellationToken).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
        }
        catch (ConnectorException refusal) when (refusal.Kind is FailureKind.Gone or FailureKind.Rejected)
        {
            log($"the members of '{group.ResourceName}' are not told: {refusal.Message}");
            return null;
        }
    }

    private async Task MissAsync(ResourceType type, OperationContext context, CancellationToken cancellationToken)
    {
        var findings = new BatchFindings(Keeps);
        var waiting = 0;
        await foreach (var known in KnownAsync(type, cancellationToken))
        {
            _missing.Known(type);
            if (known.Seen)
                continue;
            if (!_motion.IsSettled(known))
            {
                findings.InMotion++;
                continue;
            }

            if (await IsThereAsync(type, known, context, cancellationToken))
                continue;
            _missing.Missing(type);
            findings.Add(new Finding(FindingKind.Missing, type, known.AssignmentId, known.ResourceName, known.AccountId, Step: FindingStep.Possible));
            if (++waiting < Part)
                continue;
            await StoreAsync(findings.ToBatch(type, []), cancellationToken);
            (findings, waiting) = (new BatchFindings(Keeps), 0);
        }

        await StoreAsync(findings.ToBatch(type, []), cancellationToken);
    }

    // A walk over pages misses living accounts when others are deleted meanwhile, so each missing account is asked for by itself. Where very many
    // are missing the listing is not believed anyway, and the target is spared.
    private async Task<bool> IsThereAsync(ResourceType type, KnownAccount known, OperationContext context, CancellationToken cancellationToken)
    {
        if (connector is not IFindAccounts finder || _asked >= MostAsked)
            return false;
        _asked++;
        if (await ledger.FindAssignmentAsync(known.AssignmentId, cancellationToken) is not { } assignment)
            return false;
        await pacer.WaitAsync(ConnectorOperation.Find, cancellationToken);
        try
        {
            var found = await finder.FindAsync(type, Converging.AttemptContext.MatchKeyOf(assignment), context, cancellationToken);
            return found.Any(x => x.Account.Id == known.AccountId);
        }
        catch (ConnectorException refusal) when (refusal.Kind is FailureKind.Gone or FailureKind.Rejected)
        {
            // Where the target does not tell, nothing is called missing.
            log($"'{known.ResourceName}' was not listed, and cannot be asked for: {refusal.Message}");
            return true;
        }
    }

    private async IAsyncEnumerable<KnownAccount> KnownAsync(
        ResourceType type, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var after = ""; await store.KnownAsync(run.Id, provider.Name, type, after, Part, cancellationToken) is { Count: > 0 } known; after = known[^1].AccountId)
            foreach (var one in known)
                yield return one;
    }

    private bool Keeps(FindingKind kind) => _strangers++ < MostStrangers;

    private async Task StoreAsync(ReconciledBatch batch, CancellationToken cancellationToken)
    {
        _missing.Leavers(batch.Findings.Count(x => x is { Kind: FindingKind.Orphan, Step: FindingStep.Possible }));
        if (!await store.StoreAsync(run.Id, owner, batch, cancellationToken))
            throw new RunLostException();
    }
}
