using System.DirectoryServices.Protocols;

namespace Provisioning.Connectors.Ldap;

/// <summary>The members of groups: what a group holds of them, and changing it relatively.</summary>
internal sealed class Members(EntryKind users, LdapGroupSettings settings)
{
    // A filter with more alternatives than this is refused by some directories.
    private const int IdsPerSearch = 100;

    /// <summary>What a group holds of accounts.</summary>
    /// <param name="mustExist">Whether an account that is missing is a failure; else it is left out.</param>
    public List<string> Values(LdapSession session, IReadOnlyList<string> ids, bool mustExist, CancellationToken cancellationToken)
    {
        var values = new List<string>(ids.Count);
        foreach (var batch in ids.Chunk(IdsPerSearch))
        {
            var filters = batch.Select(users.IdFilter).OfType<string>().ToList();
            var entries = filters.Count == 0 ? [] : users.Search(session, LdapFilter.Any(filters), cancellationToken).Cast<SearchResultEntry>().ToList();
            var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var entry in entries)
            {
                if (!found.TryAdd(users.Id(entry), Value(entry)))
                    throw new ConnectorException(FailureKind.Misconfigured, $"two accounts have the id '{users.Id(entry)}'; check 'idAttribute'");
            }

            if (mustExist && batch.FirstOrDefault(id => !found.ContainsKey(id)) is { } missing)
                throw new ConnectorException(FailureKind.Conflict, $"no account has the id '{missing}', so it cannot be a member");
            values.AddRange(batch.Where(found.ContainsKey).Select(id => found[id]));
        }

        return values;
    }

    /// <summary>The account ids of a group's members; members that are no accounts of ours are left out.</summary>
    public List<string> Ids(LdapSession session, string groupDn, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        foreach (var value in Read(session, groupDn, cancellationToken).Where(value => !IsPlaceholder(value)))
        {
            var entry = settings.MemberValue == MemberValue.Dn
                ? users.At(session, value, cancellationToken)
                : users.Search(session, LdapFilter.Equal(users.Kind.NameAttribute!, value), cancellationToken).Cast<SearchResultEntry>().FirstOrDefault();
            if (entry is not null)
                ids.Add(users.Id(entry));
        }

        return ids;
    }

    public void Change(LdapSession session, string groupDn, List<string> add, List<string> remove, CancellationToken cancellationToken)
    {
        foreach (var batch in add.Chunk(settings.MemberBatch))
            Apply(session, groupDn, DirectoryAttributeOperation.Add, batch, cancellationToken);
        foreach (var batch in remove.Chunk(settings.MemberBatch))
            Remove(session, groupDn, batch, cancellationToken);
        // A group that has members again does not need its placeholder; other placeholders' groups are not asked.
        if (settings.PlaceholderMember is { } placeholder && add.Count > 0)
            TryApply(session, groupDn, DirectoryAttributeOperation.Delete, [placeholder], cancellationToken);
    }

    private void Remove(LdapSession session, string groupDn, string[] batch, CancellationToken cancellationToken)
    {
        try
        {
            Apply(session, groupDn, DirectoryAttributeOperation.Delete, batch, cancellationToken);
        }
        catch (ConnectorException e) when (settings.PlaceholderMember is not null && LdapFailure.Code(e) == ResultCode.ObjectClassViolation)
        {
            // The last members are leaving and the class wants one.
            Apply(session, groupDn, DirectoryAttributeOperation.Add, [settings.PlaceholderMember], cancellationToken);
            Apply(session, groupDn, DirectoryAttributeOperation.Delete, batch, cancellationToken);
        }
    }

    /// <summary>All at once; where one of them is in or out already, one by one.</summary>
    private void Apply(LdapSession session, string groupDn, DirectoryAttributeOperation operation, string[] values, CancellationToken cancellationToken)
    {
        if (TryApply(session, groupDn, operation, values, cancellationToken) || values.Length == 1)
            return;
        foreach (var value in values)
            TryApply(session, groupDn, operation, [value], cancellationToken);
    }

    /// <summary>False when the directory said that a value is in already, or is not.</summary>
    private bool TryApply(LdapSession session, string groupDn, DirectoryAttributeOperation operation, string[] values, CancellationToken cancellationToken)
    {
        try
        {
            session.Send(new ModifyRequest(groupDn, operation, settings.MemberAttribute, [.. values]), cancellationToken);
            return true;
        }
        catch (ConnectorException e) when (IsSoAlready(operation, LdapFailure.Code(e)))
        {
            return false;
        }
    }

    // Active Directory answers a removal of who is no member with "unwilling", an addition with "exists already".
    private static bool IsSoAlready(DirectoryAttributeOperation operation, ResultCode? code) => operation == DirectoryAttributeOperation.Add
        ? code is ResultCode.AttributeOrValueExists or ResultCode.EntryAlreadyExists
        : code is ResultCode.NoSuchAttribute or ResultCode.UnwillingToPerform;

    private bool IsPlaceholder(string value) => settings.PlaceholderMember is { } placeholder && Dn.Same(placeholder, value);

    private List<string> Read(LdapSession session, string groupDn, CancellationToken cancellationToken) =>
        RangedValues.ReadAll(
            settings.MemberAttribute,
            wanted =>
            {
                var entries = session.Search(new SearchRequest(groupDn, "(objectClass=*)", SearchScope.Base, wanted), cancellationToken);
                return entries.Cast<SearchResultEntry>().SelectMany(entry => entry.Attributes.Values.Cast<DirectoryAttribute>())
                    .ToDictionary(attribute => attribute.Name, EntryValues.Texts, StringComparer.OrdinalIgnoreCase);
            });

    private string Value(SearchResultEntry entry) =>
        settings.MemberValue == MemberValue.Dn ? entry.DistinguishedName : EntryKind.Text(entry, users.Kind.NameAttribute!);
}
