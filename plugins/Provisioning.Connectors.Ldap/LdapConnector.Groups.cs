using System.DirectoryServices.Protocols;
using System.Runtime.CompilerServices;

namespace Provisioning.Connectors.Ldap;

public sealed partial class LdapConnector
{
    /// <inheritdoc />
    public Task<Account> CreateGroupAsync(NewAccount group, IReadOnlyList<string> members, OperationContext context, CancellationToken cancellationToken)
    {
        RequireGroups();
        return _pool.RunAsync(
            session =>
            {
                var values = _members.Values(session, members, mustExist: true, cancellationToken);
                var first = values.Take(_settings.Groups.MemberBatch).ToList();
                if (first.Count == 0 && _settings.Groups.PlaceholderMember is { } placeholder)
                    first.Add(placeholder);
                IEnumerable<DirectoryAttribute> more = first.Count == 0 ? [] : [new DirectoryAttribute(_settings.Groups.MemberAttribute, [.. first])];
                var created = _groupChanges.Create(session, group, more, context.Log, cancellationToken);
                AddRest(session, created.Id, [.. values.Skip(_settings.Groups.MemberBatch)], cancellationToken);
                return created;
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public Task UpdateGroupAsync(
        string groupId, AccountDelta? delta, MembershipDelta members, OperationContext context, CancellationToken cancellationToken)
    {
        RequireGroups();
        return _pool.RunAsync(
            session =>
            {
                if (delta is not null)
                    _groupChanges.Update(session, groupId, delta, context.Log, cancellationToken);
                var dn = _groups.Existing(session, groupId, cancellationToken).DistinguishedName;
                var add = _members.Values(session, members.Add, mustExist: true, cancellationToken);
                var remove = _members.Values(session, members.Remove, mustExist: false, cancellationToken);
                _members.Change(session, dn, add, remove, cancellationToken);
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public Task DeleteGroupAsync(string groupId, OperationContext context, CancellationToken cancellationToken)
    {
        RequireGroups();
        return _pool.RunAsync(session => _groupChanges.Delete(session, groupId, cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<string> ListMembersAsync(
        string groupId, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RequireGroups();
        var ids = await _pool.RunAsync(
            session => _members.Ids(session, _groups.Existing(session, groupId, cancellationToken).DistinguishedName, cancellationToken),
            cancellationToken);
        foreach (var id in ids)
            yield return id;
    }

    // The group exists from here on; a failure must not make the caller create it again.
    private void AddRest(LdapSession session, string groupId, List<string> values, CancellationToken cancellationToken)
    {
        if (values.Count == 0)
            return;
        try
        {
            _members.Change(session, _groups.Existing(session, groupId, cancellationToken).DistinguishedName, values, [], cancellationToken);
        }
        catch (ConnectorException e)
        {
            throw new ConnectorException(FailureKind.Ambiguous, $"the group was created, but not all members were added: {e.Message}", e) { TargetCode = e.TargetCode };
        }
    }

    private void RequireGroups()
    {
        if (_settings.Groups.Base.Length == 0)
            throw new ConnectorException(FailureKind.Rejected, "'groups.base' is missing, so there is no place for groups");
    }
}
