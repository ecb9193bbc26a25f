using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Rest;

/// <summary>Keeps accounts and groups behind an API over HTTP, by the operations of the settings.</summary>
public sealed partial class RestConnector : IConnector, IFindAccounts, ICreateAccounts, IUpdateAccounts, IDisableAccounts, IDeleteAccounts,
    IListAccounts, IManageGroups, IListMembers, ISetPasswords, ITestConnection, IDescribeSchema
{
    private readonly RestSettings _settings;
    private readonly RestCaller _caller;
    private readonly RestObjects _users;
    private readonly RestObjects _groups;

    internal RestConnector(RestSettings settings, ConnectorContext context)
    {
        RestCheck.Settings(settings);
        _settings = settings;
        _caller = new RestCaller(settings, context);
        _users = new RestObjects("users", settings.Users, _caller, settings.PageSize);
        _groups = new RestObjects("groups", settings.Groups, _caller, settings.PageSize);
    }

    /// <inheritdoc />
    public bool NamesAreUnique => _settings.NamesAreUnique;

    /// <inheritdoc />
    public Task<IReadOnlyList<MatchedAccount>> FindAsync(
        ResourceType type, MatchKey key, OperationContext context, CancellationToken cancellationToken) =>
        Objects(type).FindAsync(key, context, cancellationToken);

    /// <inheritdoc />
    public async Task<Account> CreateAsync(NewAccount account, OperationContext context, CancellationToken cancellationToken)
    {
        var created = await _users.CreateAsync(account, [], context, cancellationToken);
        if (account.Enabled || UsesEnabled(_settings.Users.Create!))
            return created;

        // An API that creates enabled accounts only. The account exists, so a failure must not make the caller create it again.
        try
        {
            await SetEnabledAsync(created.Id, false, context, cancellationToken);
            return created with { Enabled = false };
        }
        catch (ConnectorException e)
        {
            throw HttpFailure.PartlyDone("the account was created, but not disabled", e);
        }
    }

    /// <inheritdoc />
    public async Task<Account?> UpdateAsync(string accountId, AccountDelta delta, OperationContext context, CancellationToken cancellationToken)
    {
        var account = await AccessChange.KeepAsync(
            delta, () => ChangeAsync(accountId, delta, context, cancellationToken), state => SetEnabledAsync(accountId, state, context, cancellationToken));
        if (delta.Enabled is not { } enabled || (account is not null && UsesEnabled(_settings.Users.Update!)))
            return account;
        await SetEnabledAsync(accountId, enabled, context, cancellationToken);
        return account is null ? null : account with { Enabled = enabled };
    }

    /// <inheritdoc />
    public Task SetEnabledAsync(string accountId, bool enabled, OperationContext context, CancellationToken cancellationToken)
    {
        var values = new JsonObject { [Names.Id] = accountId, [Names.Enabled] = enabled };
        return enabled
            ? _users.RunAsync(_settings.Users.Enable, "enable", values, context, cancellationToken)
            : _users.RunAsync(_settings.Users.Disable, "disable", values, context, cancellationToken);
    }

    /// <inheritdoc />
    public Task DeleteAsync(string accountId, OperationContext context, CancellationToken cancellationToken) =>
        _users.DeleteAsync(accountId, context, cancellationToken);

    /// <inheritdoc />
    public Task SetPasswordAsync(string accountId, Secret password, OperationContext context, CancellationToken cancellationToken)
    {
        var values = new JsonObject { [Names.Id] = accountId, [Names.Password] = password.Reveal() };
        return _users.RunAsync(_settings.Users.SetPassword, "setPassword", values, context, cancellationToken, password.Reveal());
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<Account> ListAsync(
        ResourceType type, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var objects = Objects(type);
        var guard = new ListingGuard();
        await foreach (var node in objects.ListAsync(context, cancellationToken))
        {
            var account = objects.Reader.Read(node);
            guard.See(account.Id);
            yield return account;
        }
    }

    /// <inheritdoc />
    public async Task<string?> TestAsync(OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            if (_settings.Test is { } test)
            {
                await _caller.SendAsync(test, [], context, cancellationToken);
                return null;
            }

            await foreach (var node in _users.ListAsync(context, cancellationToken))
            {
                _users.Reader.Read(node);
                break;
            }

            return null;
        }
        catch (ConnectorException e)
        {
            return e.Message;
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<SchemaAttribute>> DescribeAsync(ResourceType type, OperationContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(RestSchema.Of(type == ResourceType.User ? _settings.Users : _settings.Groups));
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        _caller.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<Account?> ChangeAsync(string accountId, AccountDelta delta, OperationContext context, CancellationToken cancellationToken)
    {
        var account = _users.IsUpdate(delta) ? await _users.UpdateAsync(accountId, delta, context, cancellationToken) : null;
        await _users.MarkAsync(accountId, delta, context, cancellationToken);
        return account;
    }

    private static bool UsesEnabled(RestOperation operation) => RestCheck.Names(operation).Contains(Names.Enabled);

    private RestObjects Objects(ResourceType type) => type == ResourceType.User ? _users : _groups;
}
