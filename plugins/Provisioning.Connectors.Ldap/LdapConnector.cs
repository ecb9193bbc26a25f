using System.DirectoryServices.Protocols;
using System.Runtime.CompilerServices;

namespace Provisioning.Connectors.Ldap;

/// <summary>Keeps accounts and groups as entries of an LDAP directory.</summary>
public sealed partial class LdapConnector : IConnector, IFindAccounts, ICreateAccounts, IUpdateAccounts, IDisableAccounts, IDeleteAccounts,
    IListAccounts, IManageGroups, IListMembers, ISetPasswords, ITestConnection, IDescribeSchema
{
    private const int MostKnownNames = 100_000;

    private readonly LdapSettings _settings;
    private readonly LdapPool _pool;
    private readonly EntryKind _users;
    private readonly EntryKind _groups;
    private readonly References _references;
    private readonly EntryChanges _userChanges;
    private readonly EntryChanges _groupChanges;
    private readonly Members _members;

    internal LdapConnector(LdapSettings settings, ConnectorContext context)
    {
        _settings = LdapDefaults.Apply(settings);
        _pool = new LdapPool(settings, context);
        _users = new EntryKind(settings, settings.Users, "userName", new DisableRule(settings.Users.Disable!), members: null);
        _groups = new EntryKind(settings, settings.Groups, "displayName", disable: null, settings.Groups.MemberAttribute);
        _references = new References(settings, _users);
        _userChanges = new EntryChanges(_users, _references, settings.Users.DeleteSubtree);
        _groupChanges = new EntryChanges(_groups, _references, deleteSubtree: false);
        _members = new Members(_users, settings.Groups);
    }

    /// <inheritdoc />
    public bool NamesAreUnique => string.Equals(_settings.Users.NameAttribute, _settings.Users.RdnAttribute, StringComparison.OrdinalIgnoreCase)
        && _settings.Users.ParentAttribute is null
        || _settings.Directory == DirectoryKind.ActiveDirectory;

    /// <inheritdoc />
    public Task<IReadOnlyList<MatchedAccount>> FindAsync(
        ResourceType type, MatchKey key, OperationContext context, CancellationToken cancellationToken)
    {
        if (!Has(type))
            return Task.FromResult<IReadOnlyList<MatchedAccount>>([]);
        var kind = Kind(type);
        return _pool.RunAsync<IReadOnlyList<MatchedAccount>>(
            session =>
            {
                var byMarker = Search(session, kind, kind.Kind.MarkerAttribute!, key.OwnershipMarker, cancellationToken);
                var byName = Search(session, kind, kind.Kind.NameAttribute!, kind.Storable(key.Name), cancellationToken);
                var known = new Dictionary<string, string?>();
                return [.. byMarker.Concat(byName).DistinctBy(kind.Id).Select(entry =>
                    new MatchedAccount(_references.WithIds(session, kind.Read(entry), known, cancellationToken), Ownership(kind, entry, key)))];
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public Task<Account> CreateAsync(NewAccount account, OperationContext context, CancellationToken cancellationToken)
    {
        var more = new List<DirectoryAttribute>();
        if (_users.Disable!.Initial(account.Enabled) is { } state)
            more.Add(new DirectoryAttribute(_users.Disable.Attribute, state));
        if (_settings.Users.RandomPassword == true)
            more.Add(Passwords.Random(_settings.Users.Password!.Value));
        return _pool.RunAsync(session => _userChanges.Create(session, account, more, context.Log, cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    public Task<Account?> UpdateAsync(string accountId, AccountDelta delta, OperationContext context, CancellationToken cancellationToken) =>
        _pool.RunAsync<Account?>(session => _userChanges.UpdateKeepingAccess(session, accountId, delta, context.Log, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task SetEnabledAsync(string accountId, bool enabled, OperationContext context, CancellationToken cancellationToken) =>
        _pool.RunAsync(session => _userChanges.SetEnabled(session, accountId, enabled, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task DeleteAsync(string accountId, OperationContext context, CancellationToken cancellationToken) =>
        _pool.RunAsync(session => _userChanges.Delete(session, accountId, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task SetPasswordAsync(string accountId, Secret password, OperationContext context, CancellationToken cancellationToken)
    {
        if (_settings.Users.Password == PasswordStyle.UnicodePwd && _settings.Security == LdapSecurity.None)
            throw new ConnectorException(FailureKind.Rejected, "a directory takes 'unicodePwd' over TLS only; see 'security'");
        return _pool.RunAsync(
            session =>
            {
                var dn = _users.Existing(session, accountId, cancellationToken).DistinguishedName;
                session.Send(Passwords.Set(dn, password, _settings.Users.Password!.Value), cancellationToken);
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<Account> ListAsync(
        ResourceType type, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!Has(type))
            yield break;
        var kind = Kind(type);
        var paging = new PageResultRequestControl(_settings.PageSize);
        var request = kind.PageRequest();
        request.Controls.Add(paging);

        // The cookie of a page is worth something on its own connection only.
        await using var lease = await _pool.RentAsync(cancellationToken);
        var guard = new ListingGuard();
        var known = new Dictionary<string, string?>();
        do
        {
            var accounts = await lease.RunAsync(session => Page(session, kind, request, paging, known, cancellationToken), cancellationToken);
            foreach (var account in accounts)
            {
                cancellationToken.ThrowIfCancellationRequested();
                guard.See(account.Id);
                yield return account;
            }

            guard.Turn(accounts.Count);
        }
        while (paging.Cookie.Length > 0);
    }

    /// <inheritdoc />
    public Task<string?> TestAsync(OperationContext context, CancellationToken cancellationToken) =>
        DirectoryTest.RunAsync(_pool, _settings, cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<SchemaAttribute>> DescribeAsync(ResourceType type, OperationContext context, CancellationToken cancellationToken) =>
        Has(type)
            ? _pool.RunAsync(session => SchemaReader.Read(session, Kind(type), _settings, cancellationToken), cancellationToken)
            : Task.FromResult<IReadOnlyList<SchemaAttribute>>([]);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    private List<Account> Page(
        LdapSession session, EntryKind kind, SearchRequest request, PageResultRequestControl paging, Dictionary<string, string?> known, CancellationToken cancellationToken)
    {
        SearchResponse page;
        try
        {
            page = (SearchResponse)session.Send(request, cancellationToken);
        }
        catch (ConnectorException missing) when (missing.Kind == FailureKind.Gone)
        {
            throw kind.BaseMissing(missing);
        }

        paging.Cookie = page.Controls.OfType<PageResultResponseControl>().FirstOrDefault()?.Cookie ?? [];
        // Few managers have many reports, so their names are looked up once.
        if (known.Count > MostKnownNames)
            known.Clear();
        return [.. page.Entries.Cast<SearchResultEntry>().Select(entry => _references.WithIds(session, kind.Read(entry), known, cancellationToken))];
    }

    private static List<SearchResultEntry> Search(
        LdapSession session, EntryKind kind, string attribute, string value, CancellationToken cancellationToken) =>
        value.Length == 0 ? [] : [.. kind.Search(session, LdapFilter.Equal(attribute, value), cancellationToken).Cast<SearchResultEntry>()];

    private static AccountOwnership Ownership(EntryKind kind, SearchResultEntry entry, MatchKey key) =>
        EntryKind.Text(entry, kind.Kind.MarkerAttribute!) switch
        {
            "" => AccountOwnership.Unowned,
            var marker when marker == key.OwnershipMarker => AccountOwnership.Ours,
            _ => AccountOwnership.Foreign,
        };

    private EntryKind Kind(ResourceType type) => type == ResourceType.User ? _users : _groups;

    private bool Has(ResourceType type) => Kind(type).Kind.Base.Length > 0;
}
