using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Entra;

/// <summary>Speaks Microsoft Graph for one tenant of Microsoft Entra ID.</summary>
internal sealed partial class EntraConnector(
    EntraSettings settings, EntraCloud cloud, GraphApi api, UserBody users, LicenceLookup licences, RecentObjects recent)
    : IConnector, IFindAccounts, ICreateAccounts, IUpdateAccounts, IDisableAccounts, IDeleteAccounts, IListAccounts, ISetPasswords,
    IManageGroups, IListMembers, IDescribeSchema, ITestConnection
{
    public bool NamesAreUnique => true;

    public Task<IReadOnlyList<MatchedAccount>> FindAsync(
        ResourceType type, MatchKey key, OperationContext context, CancellationToken cancellationToken) =>
        type == ResourceType.User ? FindUsersAsync(key, cancellationToken) : FindGroupsAsync(key, cancellationToken);

    public async Task<Account> CreateAsync(NewAccount account, OperationContext context, CancellationToken cancellationToken)
    {
        var created = users.Read(await api.CreateAsync("users", users.Create(account), cancellationToken))
            ?? throw new ConnectorException(FailureKind.Ambiguous, "the answer to a creation has no id");
        recent.Add(created.Id);
        try
        {
            await SetManagerAsync(created.Id, account.Attributes[UserBody.Manager], context, cancellationToken);
            await SetLicencesAsync(created.Id, account.Attributes[UserBody.Licences], cancellationToken);
        }
        catch (ConnectorException failure)
        {
            throw HttpFailure.PartlyDone("the user was created, but its manager or licences were not set", failure);
        }

        return created;
    }

    public async Task<Account?> UpdateAsync(string accountId, AccountDelta delta, OperationContext context, CancellationToken cancellationToken)
    {
        var body = users.Patch(delta, context.Log);
        if (body.Count > 0)
        {
            await AccessChange.KeepAsync(
                delta, () => ChangeUserAsync(accountId, body, cancellationToken), enabled => SetEnabledAsync(accountId, enabled, context, cancellationToken));
        }

        if (delta.Changes.FirstOrDefault(change => change.Attribute == UserBody.Manager) is { } manager)
            await ReplaceManagerAsync(accountId, manager.Value, context, cancellationToken);
        if (delta.Changes.FirstOrDefault(change => change.Attribute == UserBody.Licences) is { } wanted)
            await SetLicencesAsync(accountId, wanted.Value ?? new JsonArray(), cancellationToken);
        return null;
    }

    public async Task SetEnabledAsync(string accountId, bool enabled, OperationContext context, CancellationToken cancellationToken)
    {
        await ChangeUserAsync(accountId, new JsonObject { [UserBody.Enabled] = enabled }, cancellationToken);
        if (enabled || !settings.RevokeSessionsOnDisable)
            return;
        try
        {
            await api.ChangeAsync(HttpMethod.Post, $"{User(accountId)}/revokeSignInSessions", null, cancellationToken);
        }
        catch (ConnectorException failure)
        {
            // The account is disabled, which is what was asked for. Its tokens expire within the hour.
            context.Log($"the sessions of '{accountId}' were not ended: {failure.Message}");
        }
    }

    public Task SetPasswordAsync(string accountId, Secret password, OperationContext context, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["passwordProfile"] = UserBody.Password(password.Reveal(), settings.ForceChangePassword) };
        return ChangeUserAsync(accountId, body, cancellationToken);
    }

    public async Task DeleteAsync(string accountId, OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            await WithoutRolesAsync(
                accountId, () => recent.SettledAsync(accountId, () => api.ChangeAsync(HttpMethod.Delete, User(accountId), null, cancellationToken)), cancellationToken);
        }
        catch (ConnectorException failure) when (failure.Kind == FailureKind.Gone)
        {
            // Somebody was faster; the wish is fulfilled.
        }

        recent.Remove(accountId);
    }

    public async IAsyncEnumerable<Account> ListAsync(
        ResourceType type, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var path = type == ResourceType.User ? $"users?{users.Select(null)}&$top=999" : $"groups?{GroupBody.Select}&$top=999";
        var guard = new ListingGuard();
        await foreach (var item in api.PagesAsync(path, isItem: false, eventual: false, cancellationToken))
        {
            var account = type == ResourceType.User ? users.Read(item) : GroupBody.Read(item);
            guard.See(account?.Id);
            yield return account!;
        }
    }

    public Task<IReadOnlyList<SchemaAttribute>> DescribeAsync(ResourceType type, OperationContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(type == ResourceType.User ? EntraSchema.User : EntraSchema.Group);
    }

    public async Task<string?> TestAsync(OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            await api.GetAsync("users?$top=1&$select=id", cancellationToken);
            await api.GetAsync("groups?$top=1&$select=id", cancellationToken);
            return null;
        }
        catch (ConnectorException failure)
        {
            return EntraAdvice.For(failure);
        }
    }

    public ValueTask DisposeAsync()
    {
        api.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string User(string id) => $"users/{Addresses.Segment(id)}";

    private Task ChangeUserAsync(string id, JsonObject body, CancellationToken cancellationToken) =>
        WithoutRolesAsync(
            id, () => recent.SettledAsync(id, () => api.ChangeAsync(HttpMethod.Patch, User(id), body, cancellationToken)), cancellationToken);

    /// <summary>
    /// Who holds an administrator role may be changed by few. That is a matter of this user, and no reason to stop the whole tenant.
    /// </summary>
    private async Task WithoutRolesAsync(string id, Func<Task> change, CancellationToken cancellationToken)
    {
        try
        {
            await change();
        }
        catch (ConnectorException failure) when (EntraFailure.Is(failure, 403, "Authorization_RequestDenied"))
        {
            var roles = await api.GetAsync($"{User(id)}/memberOf/microsoft.graph.directoryRole?$select=id,displayName", cancellationToken, isItem: true);
            if (roles.Objects("value") is not [var role, ..])
                throw;
            throw new ConnectorException(
                FailureKind.Rejected, $"'{id}' holds the administrator role '{role.Text("displayName")}', and the application may not change who does", failure)
            {
                TargetCode = failure.TargetCode,
            };
        }
    }
}
