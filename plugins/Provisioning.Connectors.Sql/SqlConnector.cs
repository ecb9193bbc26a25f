namespace Provisioning.Connectors.Sql;

/// <summary>Keeps accounts and groups in the tables of a database, by the statements of the settings.</summary>
public sealed partial class SqlConnector : IConnector, IFindAccounts, ICreateAccounts, IUpdateAccounts, IDisableAccounts, IDeleteAccounts,
    IListAccounts, IManageGroups, IListMembers, ISetPasswords, ITestConnection, IDescribeSchema
{
    private readonly SqlSettings _settings;
    private readonly SqlDatabase _database;
    private readonly SqlObject _users;
    private readonly SqlObject _groups;
    private readonly SqlChanges _userChanges;
    private readonly SqlChanges _groupChanges;
    private readonly IReadOnlyList<SqlStatement> _disable;
    private readonly IReadOnlyList<SqlStatement> _enable;
    private readonly IReadOnlyList<SqlStatement> _setPassword;

    internal SqlConnector(SqlSettings settings, ConnectorContext context)
    {
        _settings = settings;
        _database = new SqlDatabase(settings, context);
        _users = new SqlObject("users", settings.Users, settings.Users.EnabledColumn);
        _groups = new SqlObject("groups", settings.Groups, enabledColumn: null);
        _userChanges = new SqlChanges(_database, _users);
        _groupChanges = new SqlChanges(_database, _groups);
        _disable = SqlStatement.Several("users.disable", settings.Users.Disable);
        _enable = SqlStatement.Several("users.enable", settings.Users.Enable);
        _setPassword = SqlStatement.Several("users.setPassword", settings.Users.SetPassword);
        _addMember = SqlStatement.Several("groups.addMember", settings.Groups.AddMember);
        _removeMember = SqlStatement.Several("groups.removeMember", settings.Groups.RemoveMember);
        _listMembers = SqlStatement.One("groups.listMembers", settings.Groups.ListMembers);
    }

    /// <inheritdoc />
    public bool NamesAreUnique => _settings.NamesAreUnique;

    /// <inheritdoc />
    public Task<IReadOnlyList<MatchedAccount>> FindAsync(
        ResourceType type, MatchKey key, OperationContext context, CancellationToken cancellationToken)
    {
        var kind = Kind(type);
        return _database.ReadAsync<IReadOnlyList<MatchedAccount>>(
            async session =>
            {
                var rows = new List<SqlRow>();
                if (kind.FindByMarker is { } byMarker && key.OwnershipMarker.Length > 0)
                    rows.AddRange(await session.RunAsync(byMarker, SqlValues.Of("marker", key.OwnershipMarker)));
                if (kind.FindByName is { } byName && key.Name.Length > 0)
                    rows.AddRange(await session.RunAsync(byName, SqlValues.Of("name", key.Name)));
                return [.. rows.Select(row => new MatchedAccount(row.ToAccount(kind), Ownership(row.Text(kind.MarkerColumn), key))).DistinctBy(match => match.Account.Id)];
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public Task<Account> CreateAsync(NewAccount account, OperationContext context, CancellationToken cancellationToken) =>
        CreateAsync(account, RandomPassword.Make(), cancellationToken);

    /// <inheritdoc />
    public Task<Account?> UpdateAsync(string accountId, AccountDelta delta, OperationContext context, CancellationToken cancellationToken) =>
        AccessChange.KeepAsync(
            delta, () => WriteAsync(accountId, delta, context, cancellationToken), enabled => SetEnabledAsync(accountId, enabled, context, cancellationToken));

    private Task<Account?> WriteAsync(string accountId, AccountDelta delta, OperationContext context, CancellationToken cancellationToken) =>
        _database.WriteAsync<Account?>(
            async session =>
            {
                var account = delta.Changes.Count == 0 ? null : await _userChanges.UpdateAsync(session, accountId, delta);
                await _userChanges.MarkAsync(session, accountId, delta, context);
                if (delta.Enabled is not { } enabled)
                    return account;
                await _userChanges.RunAsync(session, accountId, StateStatements(enabled), new SqlValues());
                return await _database.GetAsync(session, _users, accountId);
            },
            secret: null,
            cancellationToken);

    /// <inheritdoc />
    public Task SetEnabledAsync(string accountId, bool enabled, OperationContext context, CancellationToken cancellationToken) =>
        WriteAsync(session => _userChanges.RunAsync(session, accountId, StateStatements(enabled), new SqlValues()), cancellationToken);

    /// <inheritdoc />
    public Task DeleteAsync(string accountId, OperationContext context, CancellationToken cancellationToken) =>
        WriteAsync(session => _userChanges.DeleteAsync(session, accountId), cancellationToken);

    /// <inheritdoc />
    public Task SetPasswordAsync(string accountId, Secret password, OperationContext context, CancellationToken cancellationToken)
    {
        var statements = _users.Require(_setPassword, "setPassword");
        var values = new SqlValues();
        if (statements.Any(statement => statement.Uses("password")))
            values["password"] = password.Reveal();
        if (statements.Any(statement => statement.Uses("passwordHash")))
            values["passwordHash"] = PasswordHash.Make(password);
        return _database.WriteAsync(
            async session =>
            {
                await _userChanges.RunAsync(session, accountId, statements, values);
                return true;
            },
            password,
            cancellationToken);
    }

    /// <inheritdoc />
    public IAsyncEnumerable<Account> ListAsync(ResourceType type, OperationContext context, CancellationToken cancellationToken) =>
        new SqlListing(_database, Kind(type), _settings.PageSize).ReadAsync(cancellationToken);

    /// <inheritdoc />
    public Task<string?> TestAsync(OperationContext context, CancellationToken cancellationToken) =>
        new SqlTest(_database, [.. _users.All, .. _groups.All, .. _disable, .. _enable, .. _setPassword, .. MemberStatements]).RunAsync(cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<SchemaAttribute>> DescribeAsync(ResourceType type, OperationContext context, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => SqlSchema.ReadAsync(session, Kind(type)), cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static AccountOwnership Ownership(string? marker, MatchKey key) => marker switch
    {
        null or "" => AccountOwnership.Unowned,
        _ when marker == key.OwnershipMarker => AccountOwnership.Ours,
        _ => AccountOwnership.Foreign,
    };

    private IReadOnlyList<SqlStatement> StateStatements(bool enabled) =>
        enabled ? _users.Require(_enable, "enable") : _users.Require(_disable, "disable");

    private Task<Account> CreateAsync(NewAccount account, Secret password, CancellationToken cancellationToken) =>
        _database.WriteAsync(session => _userChanges.CreateAsync(session, account, password), password, cancellationToken, creates: true);

    private SqlObject Kind(ResourceType type) => type == ResourceType.User ? _users : _groups;

    private Task<bool> WriteAsync(Func<SqlSession, Task> work, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            async session =>
            {
                await work(session);
                return true;
            },
            secret: null,
            cancellationToken);
}
