using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Provisioning.Http;

namespace Provisioning.Connectors.Spml;

/// <summary>Speaks SPML 2.0 over SOAP to one target.</summary>
internal sealed partial class SpmlConnector(SpmlSettings settings, IDataProfile profile, SpmlClient client)
    : IConnector, IFindAccounts, ICreateAccounts, IUpdateAccounts, IDisableAccounts, IDeleteAccounts, IListAccounts, IManageGroups,
        IListMembers, ISetPasswords, IDescribeSchema, ITestConnection
{
    private readonly SpmlRequests _requests = new(settings);
    private readonly ObjectSearch _search = new(settings, profile, client);
    private readonly AccountStates _states = new(settings, client);

    public bool NamesAreUnique => settings.NamesAreUnique;

    public async Task<IReadOnlyList<MatchedAccount>> FindAsync(
        ResourceType type, MatchKey key, OperationContext context, CancellationToken cancellationToken)
    {
        var kind = Kind(type);
        var found = new List<XElement>();
        if (kind.Marker is { } marker)
            found.AddRange(await _search.AllAsync(kind, marker, key.OwnershipMarker, context, cancellationToken).ToListAsync(cancellationToken));
        if (found.Count == 0)
            found.AddRange(await _search.AllAsync(kind, kind.Name, Name(kind, key), context, cancellationToken).ToListAsync(cancellationToken));
        var accounts = await AccountsAsync(type, found, context, cancellationToken);
        return [.. accounts.Select(account => new MatchedAccount(account, Ownership(kind, account, key.OwnershipMarker)))];
    }

    public async Task<Account> CreateAsync(NewAccount account, OperationContext context, CancellationToken cancellationToken)
    {
        var created = await AddAsync(settings.User, account, [], context, cancellationToken);
        if (!account.Enabled && settings.Enabled is null)
        {
            try
            {
                await _states.SetAsync(created.Id, enabled: false, context, cancellationToken);
            }
            catch (ConnectorException failure)
            {
                throw HttpFailure.PartlyDone("the account was created, but not suspended", failure);
            }
        }

        return created with { Enabled = account.Enabled };
    }

    public async Task<Account?> UpdateAsync(string accountId, AccountDelta delta, OperationContext context, CancellationToken cancellationToken)
    {
        List<AttributeChange> changes = [.. delta.Changes, .. Marker(settings.User, delta)];
        if (delta.Enabled is { } state && settings.Enabled is { } attribute)
            changes.Add(new AttributeChange(attribute.Attribute, null, attribute.ValueFor(state)));
        var steps = new List<XElement>();
        var modifications = profile.Modifications(settings.User, changes).ToList();
        if (modifications.Count > 0)
            steps.Add(_requests.Modify(accountId, modifications));
        if (delta.Enabled is { } wanted && settings.Enabled is null)
            steps.Add(_requests.SetActive(accountId, wanted));
        var responses = await AccessChange.KeepAsync(
            delta, () => client.SendInOrderAsync(steps, context, cancellationToken), enabled => SetEnabledAsync(accountId, enabled, context, cancellationToken));
        var pso = responses.Select(Pso.Of).FirstOrDefault(found => found is not null);
        return pso is null || Pso.Id(pso) is null ? null : Read(ResourceType.User, pso, delta.Enabled);
    }

    public async Task SetEnabledAsync(string accountId, bool enabled, OperationContext context, CancellationToken cancellationToken)
    {
        if (settings.Enabled is not { } attribute)
        {
            await _states.SetAsync(accountId, enabled, context, cancellationToken);
            return;
        }

        AttributeChange[] change = [new(attribute.Attribute, null, attribute.ValueFor(enabled))];
        await client.SendAsync(_requests.Modify(accountId, profile.Modifications(settings.User, change)), context, cancellationToken);
    }

    public Task DeleteAsync(string accountId, OperationContext context, CancellationToken cancellationToken) =>
        RemoveAsync(accountId, context, cancellationToken);

    public async IAsyncEnumerable<Account> ListAsync(
        ResourceType type, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var guard = new ListingGuard();
        await foreach (var page in _search.PagesAsync(Kind(type), null, null, context, cancellationToken))
        {
            foreach (var account in await AccountsAsync(type, page, context, cancellationToken))
            {
                cancellationToken.ThrowIfCancellationRequested();
                guard.See(account.Id);
                yield return account;
            }
        }
    }

    public async Task SetPasswordAsync(string accountId, Secret password, OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            await client.SendAsync(_requests.SetPassword(accountId, password), context, cancellationToken);
        }
        catch (ConnectorException failure) when (password.Reveal() is { Length: > 0 } text && failure.Message.Contains(text, StringComparison.Ordinal))
        {
            // Targets quote what they refuse.
            var message = failure.Message.Replace(text, "***", StringComparison.Ordinal);
            throw new ConnectorException(failure.Kind, message) { RetryAfter = failure.RetryAfter, TargetCode = failure.TargetCode };
        }
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private SpmlObjectSettings Kind(ResourceType type) => type == ResourceType.User ? settings.User
        : settings.Group ?? throw new ConnectorException(FailureKind.Rejected, "the target has no groups: set 'group' to use them");

    private static string Name(SpmlObjectSettings kind, MatchKey key) =>
        key.Attributes?[kind.Name] is JsonValue value ? AttributeText.Text(value) : key.Name;

    private static AccountOwnership Ownership(SpmlObjectSettings kind, Account account, string marker)
    {
        var theirs = kind.Marker is { } name && account.Attributes[name] is JsonValue value ? AttributeText.Text(value) : "";
        return theirs.Length == 0 ? AccountOwnership.Unowned : theirs == marker ? AccountOwnership.Ours : AccountOwnership.Foreign;
    }

    private static IEnumerable<AttributeChange> Marker(SpmlObjectSettings kind, AccountDelta? delta) =>
        kind.Marker is { } attribute && delta?.Marker is { } marker ? [new AttributeChange(attribute, null, marker)] : [];

    private async Task<Account> AddAsync(
        SpmlObjectSettings kind, NewAccount account, IEnumerable<XElement> capabilityData, OperationContext context, CancellationToken cancellationToken)
    {
        var attributes = (JsonObject)account.Attributes.DeepClone();
        if (kind.Marker is { } marker)
            attributes[marker] = account.OwnershipMarker;
        if (settings.Enabled is { } enabled && kind == settings.User)
            attributes[enabled.Attribute] = enabled.ValueFor(account.Enabled);
        string? identifier = null;
        if (kind.Identifier is { } name && attributes.Remove(name, out var wanted))
            identifier = wanted?.ToString();

        var request = _requests.Add(profile.Data(kind, attributes), identifier, kind.Container, capabilityData);
        XElement response;
        try
        {
            response = await client.SendAsync(request, context, cancellationToken, creates: true);
        }
        catch (ConnectorException failure) when (failure.Kind == FailureKind.Gone)
        {
            // What is created cannot be gone. With references it may be one of them.
            throw kind.Container is null || request.Elements(SpmlNames.Core + "capabilityData").Any()
                ? new ConnectorException(FailureKind.Rejected, failure.Message, failure) { TargetCode = failure.TargetCode }
                : ObjectSearch.NoContainer(kind, failure);
        }

        var pso = Pso.Of(response);
        if (Pso.Id(pso) is not { } id)
            throw new ConnectorException(FailureKind.Ambiguous, "the answer to a creation has no psoID");
        return new Account(id, Data(pso!) is { Count: > 0 } data ? data : attributes);
    }

    private async Task RemoveAsync(string id, OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            await client.SendAsync(_requests.Delete(id), context, cancellationToken);
        }
        catch (ConnectorException failure) when (failure.Kind == FailureKind.Gone)
        {
            // Somebody was faster; the wish is fulfilled.
        }
    }

    private async Task<List<Account>> AccountsAsync(
        ResourceType type, IReadOnlyList<XElement> objects, OperationContext context, CancellationToken cancellationToken)
    {
        var accounts = objects.Select(pso => Read(type, pso, null)).ToList();
        if (type != ResourceType.User || settings.Enabled is not null || accounts.Count == 0)
            return accounts;
        var states = await _states.GetAsync([.. accounts.Select(account => account.Id)], context, cancellationToken);
        return [.. accounts.Select(account => account with { Enabled = states.TryGetValue(account.Id, out var state) ? state : null })];
    }

    private Account Read(ResourceType type, XElement pso, bool? enabled)
    {
        var id = Pso.Id(pso) ?? throw new ConnectorException(FailureKind.Transient, "the target answered with an object whose psoID has no ID that can be kept");
        var attributes = Data(pso);
        if (type == ResourceType.Group)
            GroupNames.FromTarget(Groups, attributes);
        if (type == ResourceType.User && settings.Enabled is { } attribute && attributes[attribute.Attribute] is JsonValue value)
            enabled = AttributeText.Text(value).Equals(attribute.EnabledValue, StringComparison.OrdinalIgnoreCase);
        return new Account(id, attributes, enabled);
    }

    private JsonObject Data(XElement pso) => pso.Element(SpmlNames.Core + "data") is { } data ? profile.Read(data) : [];
}
