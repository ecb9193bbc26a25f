using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Google;

/// <summary>Speaks the Directory API of Google Workspace for one customer.</summary>
internal sealed partial class GoogleConnector(GoogleSettings settings, GoogleApi api, ServiceAccount account, RecentObjects recent)
    : IConnector, IFindAccounts, ICreateAccounts, IUpdateAccounts, IDisableAccounts, IDeleteAccounts, IListAccounts, ISetPasswords,
    IManageGroups, IListMembers, IDescribeSchema, ITestConnection
{
    private const string Full = "projection=full";

    public bool NamesAreUnique => true;

    private string Customer { get; } = $"customer={Uri.EscapeDataString(settings.Customer)}";

    private Relations People { get; } = new(api);

    private OrgUnits Units { get; } = new(api, settings.Customer);

    public Task<IReadOnlyList<MatchedAccount>> FindAsync(
        ResourceType type, MatchKey key, OperationContext context, CancellationToken cancellationToken) =>
        type == ResourceType.User ? FindUsersAsync(key, cancellationToken) : FindGroupsAsync(key, cancellationToken);

    public async Task<Account> CreateAsync(NewAccount account, OperationContext context, CancellationToken cancellationToken)
    {
        var body = UserBody.Create(account);
        await People.NameAsync(body, context.Log, cancellationToken);
        JsonObject user;
        try
        {
            user = await InsertAsync(body, cancellationToken);
        }
        catch (ConnectorException failure) when (failure.Kind == FailureKind.Conflict)
        {
            if (await RestoreAsync(account, body, context, cancellationToken) is { } restored)
                return restored;
            throw;
        }

        var created = UserBody.Read(user)
            ?? throw new ConnectorException(FailureKind.Ambiguous, "the answer to a creation has no id");
        recent.Add(created.Id);
        await AddFirstAliasesAsync(created.Id, account, cancellationToken);
        return created;
    }

    public async Task<Account?> UpdateAsync(string accountId, AccountDelta delta, OperationContext context, CancellationToken cancellationToken)
    {
        var patch = UserBody.Patch(delta, context.Log);
        await People.NameAsync(patch, context.Log, cancellationToken);
        await KeepMarkAsync(patch, accountId, delta, cancellationToken);
        Account? account = null;
        if (patch.Count > 0)
        {
            account = UserBody.Read(await AccessChange.KeepAsync(
                delta, () => PatchAsync(accountId, patch, cancellationToken), enabled => SetEnabledAsync(accountId, enabled, context, cancellationToken)));
        }

        if (delta.Changes.FirstOrDefault(change => change.Attribute == UserBody.Aliases) is { } aliases)
            await ReplaceAliasesAsync(accountId, JsonText.Texts(aliases.Value), cancellationToken);
        return account;
    }

    public async Task SetEnabledAsync(string accountId, bool enabled, OperationContext context, CancellationToken cancellationToken)
    {
        await PatchAsync(accountId, new JsonObject { ["suspended"] = !enabled }, cancellationToken);
        if (enabled || !settings.SignOutOnDisable)
            return;
        try
        {
            await api.PostAsync($"{User(accountId)}/signOut", null, cancellationToken);
        }
        catch (ConnectorException failure)
        {
            // The account is suspended, which is what was asked for. Google ends the sessions of a suspended account soon.
            context.Log($"the sessions of '{accountId}' were not ended: {failure.Message}");
        }
    }

    public Task SetPasswordAsync(string accountId, Secret password, OperationContext context, CancellationToken cancellationToken) =>
        PatchAsync(accountId, new JsonObject { ["password"] = password.Reveal() }, cancellationToken);

    public async Task DeleteAsync(string accountId, OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            await recent.SettledAsync(accountId, () => api.DeleteAsync(User(accountId), cancellationToken));
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
        var (path, collection) = type == ResourceType.User
            ? ($"users?{Customer}&maxResults=500&orderBy=email&{Full}", "users")
            : ($"groups?{Customer}&maxResults=200", "groups");
        var guard = new ListingGuard();
        await foreach (var item in api.PagesAsync(path, collection, isItem: false, cancellationToken))
        {
            var account = type == ResourceType.User ? UserBody.Read(item) : GroupBody.Read(item);
            guard.See(account?.Id);
            yield return account!;
        }
    }

    public async Task<IReadOnlyList<SchemaAttribute>> DescribeAsync(ResourceType type, OperationContext context, CancellationToken cancellationToken)
    {
        if (type == ResourceType.Group)
            return GoogleSchema.Group;
        try
        {
            var answer = await api.GetAsync($"customer/{Uri.EscapeDataString(settings.Customer)}/schemas", cancellationToken);
            return [.. GoogleSchema.User, .. answer.Objects("schemas").SelectMany(GoogleSchema.Custom)];
        }
        catch (ConnectorException failure) when (failure.Kind is FailureKind.Unauthorized or FailureKind.Rejected)
        {
            context.Log($"custom schemas are not described: {failure.Message}");
            return GoogleSchema.User;
        }
    }

    public async Task<string?> TestAsync(OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            await ProbeAsync(cancellationToken);
            await ProbeGroupsAsync(cancellationToken);
            return null;
        }
        catch (ConnectorException failure)
        {
            return GoogleAdvice.For(failure, settings, account);
        }
    }

    public ValueTask DisposeAsync()
    {
        api.Dispose();
        Units.Dispose();
        account.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string User(string id) => $"users/{Addresses.Segment(id)}";

    /// <summary>The smallest call that needs a token, the privilege and the API to be switched on.</summary>
    private async Task ProbeAsync(CancellationToken cancellationToken) =>
        await api.GetAsync($"users?{Customer}&maxResults=1&fields=users(id)", cancellationToken);

    /// <summary>As <see cref="ProbeAsync"/>, for groups; with scopes of the operator's own there may be none for groups.</summary>
    private async Task ProbeGroupsAsync(CancellationToken cancellationToken)
    {
        if (settings.Scopes.Count == 0)
            await api.GetAsync($"groups?{Customer}&maxResults=1&fields=groups(id)", cancellationToken);
    }

    private Task<JsonObject> PatchAsync(string id, JsonObject patch, CancellationToken cancellationToken) =>
        OwnDomainAsync(patch, () => Units.WithAsync(UnitsToMake(patch), () =>
            recent.SettledAsync(id, () => api.PatchAsync(User(id), patch, cancellationToken)), cancellationToken), cancellationToken);

    private Task<JsonObject> InsertAsync(JsonObject body, CancellationToken cancellationToken) =>
        OwnDomainAsync(body, () => Units.WithAsync(UnitsToMake(body), () =>
            api.CreateAsync("users", body, cancellationToken), cancellationToken), cancellationToken);

    private string? UnitsToMake(JsonObject body) => settings.CreateOrgUnits ? body.Text("orgUnitPath") : null;

    /// <summary>The same refusal means "you may not" and "not your domain"; another call tells which.</summary>
    private async Task<JsonObject> OwnDomainAsync(JsonObject body, Func<Task<JsonObject>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (ConnectorException failure) when (
            failure.Kind != FailureKind.Transient && GoogleFailure.Is(failure, 403, "forbidden") && body.Text("primaryEmail") is not null)
        {
            await ProbeAsync(cancellationToken);
            throw new ConnectorException(
                FailureKind.Rejected, $"'{body.Text("primaryEmail")}' is refused, though other calls are not: its domain may be none of this customer's ({failure.Message})", failure)
            {
                TargetCode = failure.TargetCode,
            };
        }
    }
}
