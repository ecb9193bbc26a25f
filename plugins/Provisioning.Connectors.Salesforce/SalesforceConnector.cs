using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Salesforce;

/// <summary>Speaks the REST API of one Salesforce organisation. Users cannot be deleted there, so it does not say it can.</summary>
internal sealed partial class SalesforceConnector(
    SalesforceSettings settings, SalesforceApi api, NameLookup names, UserFields fields, UserLoader loader)
    : IConnector, IFindAccounts, ICreateAccounts, IUpdateAccounts, IDisableAccounts, IListAccounts, ISetPasswords,
    IManageGroups, IListMembers, IDescribeSchema, ITestConnection
{
    private const int LongestNickname = 40;

    public bool NamesAreUnique => true;

    public Task<IReadOnlyList<MatchedAccount>> FindAsync(
        ResourceType type, MatchKey key, OperationContext context, CancellationToken cancellationToken) =>
        type == ResourceType.User ? FindUsersAsync(key, cancellationToken) : FindGroupsAsync(key, cancellationToken);

    public async Task<Account> CreateAsync(NewAccount account, OperationContext context, CancellationToken cancellationToken)
    {
        var body = await fields.CreateAsync(account, cancellationToken);
        string id;
        try
        {
            id = await InsertAsync(body, account.OwnershipMarker, cancellationToken);
        }
        catch (ConnectorException failure) when (SalesforceFailure.Is(failure, "DUPLICATE_COMM_NICKNAME") && body.Text(UserFields.Nickname) is { } nickname)
        {
            body[UserFields.Nickname] = Vary(nickname);
            context.Log($"the nickname '{nickname}' is taken; trying '{body[UserFields.Nickname]}'");
            id = await InsertAsync(body, account.OwnershipMarker, cancellationToken);
        }
        catch (ConnectorException failure) when (SalesforceFailure.Is(failure, "DUPLICATE_USERNAME"))
        {
            await DemandOursAsync(body.Text(UserFields.Username) ?? "", failure, cancellationToken);
            throw;
        }

        await GrantFirstAsync(id, account, cancellationToken);
        return new Account(id, []);
    }

    public async Task<Account?> UpdateAsync(string accountId, AccountDelta delta, OperationContext context, CancellationToken cancellationToken)
    {
        var body = await fields.PatchAsync(delta, cancellationToken);
        if (body.Count > 0)
        {
            await AccessChange.KeepAsync(
                delta, () => api.UpdateAsync("User", accountId, body, cancellationToken), enabled => SetEnabledAsync(accountId, enabled, context, cancellationToken));
        }

        if (delta.Enabled == true)
            await FreezeAsync(accountId, false, cancellationToken);
        if (delta.Changes.FirstOrDefault(change => change.Attribute == UserFields.PermissionSets) is { } sets)
            await SetPermissionSetsAsync(accountId, JsonText.Texts(sets.Value), cancellationToken);
        return null;
    }

    public async Task SetEnabledAsync(string accountId, bool enabled, OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            await api.UpdateAsync("User", accountId, new JsonObject { [UserFields.Active] = enabled }, cancellationToken);
        }
        catch (ConnectorException failure) when (!enabled && failure.Kind == FailureKind.Rejected)
        {
            throw await FrozenInsteadAsync(accountId, failure, cancellationToken);
        }

        if (enabled)
            await FreezeAsync(accountId, false, cancellationToken);
    }

    public Task SetPasswordAsync(string accountId, Secret password, OperationContext context, CancellationToken cancellationToken) =>
        api.SetPasswordAsync(accountId, password, cancellationToken);

    public async IAsyncEnumerable<Account> ListAsync(
        ResourceType type, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (api.Usage is { Last: var (used, allowed) } usage && usage.IsOver(settings.ListingLimitPercent))
        {
            throw new ConnectorException(
                FailureKind.Throttled, $"{used} of {allowed} daily API calls are used; listings wait so that people can still be provisioned")
            {
                RetryAfter = TimeSpan.FromHours(1),
            };
        }

        var soql = type == ResourceType.User
            ? $"SELECT {fields.Select(null)} FROM User WHERE {settings.ListFilter}"
            : $"SELECT {GroupFields.Selected} FROM Group WHERE Type = 'Regular'";
        var guard = new ListingGuard();
        await foreach (var record in api.QueryAsync(soql, cancellationToken))
        {
            var account = type == ResourceType.User ? UserFields.Read(record) : GroupFields.Read(record);
            guard.See(account.Id);
            yield return account;
        }
    }

    public ValueTask DisposeAsync()
    {
        api.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string> InsertAsync(JsonObject body, string marker, CancellationToken cancellationToken)
    {
        if (settings.Upsert)
        {
            return await api.UpsertAsync("User", settings.MarkerField, marker, body, cancellationToken)
                ?? await IdOfAsync($"{settings.MarkerField} = {Soql.Quote(marker)}", cancellationToken)
                ?? throw new ConnectorException(FailureKind.Ambiguous, "the user was kept, but is not found by its external id");
        }

        if (settings.LoadBatch == 1)
            return await api.CreateAsync("User", body, cancellationToken);
        // Each attempt has a body of its own, because a body belongs to one request.
        var result = await loader.CreateAsync(body.DeepClone().AsObject(), cancellationToken);
        if (result.Error is { } error)
            throw api.Failure(error);
        return result.Id ?? throw new ConnectorException(FailureKind.Ambiguous, "the answer to a creation has no id");
    }

    /// <summary>User names are unique over all organisations of the world: one that is not here is somebody else's for good.</summary>
    private async Task DemandOursAsync(string userName, ConnectorException failure, CancellationToken cancellationToken)
    {
        if (await IdOfAsync($"Username = {Soql.Quote(userName)}", cancellationToken) is not null)
            return;
        throw new ConnectorException(
            FailureKind.Rejected, $"the user name '{userName}' is taken in another Salesforce organisation; map another pattern of user names", failure)
        {
            TargetCode = failure.TargetCode,
        };
    }

    private async Task<string?> IdOfAsync(string condition, CancellationToken cancellationToken)
    {
        await foreach (var record in api.QueryAsync($"SELECT Id FROM User WHERE {condition} LIMIT 1", cancellationToken))
            return record.Text("Id");
        return null;
    }

    private async Task<IReadOnlyList<MatchedAccount>> FindUsersAsync(MatchKey key, CancellationToken cancellationToken)
    {
        var name = key.Attributes?.Text(UserFields.Username) ?? key.Name;
        var soql = $"SELECT {fields.Select(key.Attributes)} FROM User "
            + $"WHERE {settings.MarkerField} = {Soql.Quote(key.OwnershipMarker)} OR Username = {Soql.Quote(name)}";
        var matches = new List<MatchedAccount>();
        await foreach (var record in api.QueryAsync(soql, cancellationToken))
        {
            var account = UserFields.Read(record);
            if (key.Attributes?.ContainsKey(UserFields.PermissionSets) == true)
                account.Attributes[UserFields.PermissionSets] = await PermissionSetNamesAsync(account.Id, cancellationToken);
            matches.Add(new MatchedAccount(account, fields.Judge(record, key.OwnershipMarker)));
        }

        return [.. matches.OrderByDescending(match => match.Ownership == AccountOwnership.Ours)];
    }

    private async Task<ConnectorException> FrozenInsteadAsync(string accountId, ConnectorException refused, CancellationToken cancellationToken)
    {
        var outcome = "it is frozen, so it cannot log in";
        try
        {
            await FreezeAsync(accountId, true, cancellationToken);
        }
        catch (ConnectorException failure)
        {
            outcome = $"freezing it failed too ({failure.Message}), so it can still log in";
        }

        return new ConnectorException(
            FailureKind.Rejected, $"the user could not be deactivated ({refused.Message}); {outcome}; resolve what holds it and retry the assignment", refused)
        {
            TargetCode = refused.TargetCode,
        };
    }

    private async Task FreezeAsync(string accountId, bool frozen, CancellationToken cancellationToken)
    {
        var soql = $"SELECT Id, IsFrozen FROM UserLogin WHERE UserId = {Soql.Quote(accountId)}";
        await foreach (var login in api.QueryAsync(soql, cancellationToken))
        {
            if (login.Text("Id") is { } id && login.Flag("IsFrozen") != frozen)
                await api.UpdateAsync("UserLogin", id, new JsonObject { ["IsFrozen"] = frozen }, cancellationToken);
        }
    }

    private static string Vary(string nickname)
    {
        var suffix = RandomNumberGenerator.GetString("0123456789", 4);
        return (nickname.Length > LongestNickname - suffix.Length ? nickname[..(LongestNickname - suffix.Length)] : nickname) + suffix;
    }
}
