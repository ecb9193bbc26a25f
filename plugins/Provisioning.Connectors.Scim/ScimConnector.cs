using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Provisioning.Http;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim;

/// <summary>Speaks SCIM 2.0 (RFC 7643, RFC 7644) to one target, in the dialect that the settings and the target itself tell.</summary>
internal sealed partial class ScimConnector : IConnector, IFindAccounts, ICreateAccounts, IUpdateAccounts, IDisableAccounts, IDeleteAccounts,
    IListAccounts, IManageGroups, IListMembers, ISetPasswords, IDescribeSchema, ITestConnection
{
    // Targets of all kinds take this length, and not all take more.
    private const int ShortPassword = 28;

    private readonly ScimTransport _transport;
    private readonly Discovery _discovery;
    private readonly ScimResources _resources;
    private readonly Listing _listing;
    private readonly Membership _membership;
    private volatile bool _markerIsSearchable = true;

    public ScimConnector(DialectSwitches switches, ScimTransport transport, TimeProvider time)
    {
        _transport = transport;
        _discovery = new Discovery(switches, transport, time);
        _resources = new ScimResources(transport, _discovery, switches.TrailingSlash ?? false);
        _listing = new Listing(_resources);
        _membership = new Membership(_resources, _discovery);
    }

    public bool NamesAreUnique => true;

    public async Task<IReadOnlyList<MatchedAccount>> FindAsync(
        ResourceType type, MatchKey key, OperationContext context, CancellationToken cancellationToken)
    {
        var dialect = await DialectAsync(type, context, cancellationToken);
        if (_markerIsSearchable && dialect.CanFilter("externalId"))
        {
            try
            {
                var owned = await SearchAsync(type, "externalId", key.OwnershipMarker, StringComparison.Ordinal, key, dialect, cancellationToken);
                if (owned.Count > 0)
                    return owned;
            }
            catch (ConnectorException refused) when (ScimFailure.HasType(refused, "invalidFilter"))
            {
                context.Log("the target cannot search by externalId; searching by name only");
                _markerIsSearchable = false;
            }
        }

        var (attribute, name) = type == ResourceType.User ? ("userName", UserName(key)) : ("displayName", key.Name);
        return await SearchAsync(type, attribute, name, StringComparison.OrdinalIgnoreCase, key, dialect, cancellationToken);
    }

    public async Task<Account> CreateAsync(NewAccount account, OperationContext context, CancellationToken cancellationToken)
    {
        var dialect = await _discovery.GetAsync(context, cancellationToken);
        var rules = new BodyRules(dialect);
        var attributes = rules.Fit(ResourceType.User, account.Attributes);
        rules.CheckRequired(attributes);
        var body = ResourceBody.Create(
            ResourceType.User, attributes, account.OwnershipMarker, rules.Enabled(account.Enabled || !dialect.CreatesDisabled));
        var password = dialect.SendsRandomPassword ? RandomPassword.Make(ShortPassword).Reveal() : null;
        if (password is not null)
            body["password"] = password;
        var created = await _resources.PostAsync(ResourceType.User, body, password, dialect, cancellationToken);
        if (!account.Enabled && !dialect.CreatesDisabled)
            await DisableNewAsync(ScimResource.Id(created)!, context, cancellationToken);
        return Read(created, rules) with { Enabled = account.Enabled };
    }

    public async Task<Account?> UpdateAsync(string accountId, AccountDelta delta, OperationContext context, CancellationToken cancellationToken)
    {
        var rules = new BodyRules(await _discovery.GetAsync(context, cancellationToken));
        AttributeChange[] changes = [.. rules.Fit(ResourceType.User, delta.Changes), .. rules.Marker(ResourceType.User, delta), .. rules.Enabled(delta.Enabled)];
        var changed = await AccessChange.KeepAsync(
            delta, () => _resources.ChangeAsync(ResourceType.User, accountId, changes, null, context, cancellationToken),
            enabled => SetEnabledAsync(accountId, enabled, context, cancellationToken));
        return changed is null || ScimPage.Id(changed) is null ? null : Read(changed, rules);
    }

    public async Task SetEnabledAsync(string accountId, bool enabled, OperationContext context, CancellationToken cancellationToken)
    {
        var rules = new BodyRules(await _discovery.GetAsync(context, cancellationToken));
        await _resources.ChangeAsync(ResourceType.User, accountId, [.. rules.Enabled(enabled)], null, context, cancellationToken);
    }

    public Task DeleteAsync(string accountId, OperationContext context, CancellationToken cancellationToken) =>
        _resources.DeleteAsync(ScimResources.Item(ResourceType.User, accountId), cancellationToken);

    public async IAsyncEnumerable<Account> ListAsync(
        ResourceType type, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var dialect = await DialectAsync(type, context, cancellationToken);
        var rules = new BodyRules(dialect);
        await foreach (var resource in _listing.AllAsync(type, null, dialect, cancellationToken))
            yield return Read(resource, rules);
    }

    public async Task SetPasswordAsync(string accountId, Secret password, OperationContext context, CancellationToken cancellationToken)
    {
        if (!(await _discovery.GetAsync(context, cancellationToken)).ChangesPasswords)
            throw new ConnectorException(FailureKind.Rejected, "the target says that it takes no passwords: set changePassword if it does");
        var text = password.Reveal();
        AttributeChange[] change = [new("password", null, text)];
        await _resources.ChangeAsync(ResourceType.User, accountId, change, text, context, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _transport.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Account Read(JsonObject resource, BodyRules rules) => new(
        ScimPage.Id(resource) ?? throw new ConnectorException(FailureKind.Transient, "the target answered with an object without an id"),
        resource, rules.IsEnabled(resource))
    {
        OwnershipMarker = ScimResource.Text(resource, "externalId") is { Length: > 0 } marker ? marker : null,
    };

    private static string UserName(MatchKey key) =>
        key.Attributes is { } attributes && ScimResource.Text(attributes, "userName") is { Length: > 0 } name ? name : key.Name;

    private static AccountOwnership Ownership(JsonObject resource, string marker)
    {
        var theirs = ScimResource.Text(resource, "externalId");
        return string.IsNullOrEmpty(theirs) ? AccountOwnership.Unowned : theirs == marker ? AccountOwnership.Ours : AccountOwnership.Foreign;
    }

    /// <summary>The dialect, for operations that need a kind of object which the target may not have.</summary>
    private async Task<Dialect> DialectAsync(ResourceType type, OperationContext context, CancellationToken cancellationToken)
    {
        var dialect = await _discovery.GetAsync(context, cancellationToken);
        return type == ResourceType.User || dialect.HasGroups ? dialect
            : throw new ConnectorException(FailureKind.Rejected, "the target has no groups: leave 'groups' of the identity provider empty");
    }

    private async Task DisableNewAsync(string id, OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            await SetEnabledAsync(id, false, context, cancellationToken);
        }
        catch (ConnectorException failure)
        {
            throw HttpFailure.PartlyDone("the account was created, but not disabled", failure);
        }
    }

    private async Task<IReadOnlyList<MatchedAccount>> SearchAsync(
        ResourceType type, string attribute, string value, StringComparison comparison, MatchKey key, Dialect dialect, CancellationToken cancellationToken)
    {
        var rules = new BodyRules(dialect);
        var matches = new List<MatchedAccount>();
        await foreach (var resource in CandidatesAsync(type, attribute, value, dialect, cancellationToken))
        {
            // A target that ignores the filter answers with everything.
            if (value.Equals(ScimResource.Text(resource, attribute), comparison))
                matches.Add(new MatchedAccount(Read(resource, rules), Ownership(resource, key.OwnershipMarker)));
        }

        return matches;
    }

    private async IAsyncEnumerable<JsonObject> CandidatesAsync(
        ResourceType type, string attribute, string value, Dialect dialect, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!dialect.HasFilters)
        {
            await foreach (var resource in _listing.AllAsync(type, null, dialect, cancellationToken))
                yield return resource;
            yield break;
        }

        var filter = $"{attribute} eq {ScimFilter.Quote(value)}";
        var page = await _resources.QueryAsync(Listing.Query(type, filter, dialect), searches: true, cancellationToken);
        if (ScimPage.IsWhole(page))
        {
            foreach (var resource in ScimPage.Listed(page))
                yield return resource;
            yield break;
        }

        await foreach (var resource in _listing.AllAsync(type, filter, dialect, cancellationToken))
            yield return resource;
    }
}
