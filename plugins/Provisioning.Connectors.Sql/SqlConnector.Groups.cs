using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Sql;

public sealed partial class SqlConnector
{
    private readonly IReadOnlyList<SqlStatement> _addMember;
    private readonly IReadOnlyList<SqlStatement> _removeMember;
    private readonly SqlStatement? _listMembers;

    private IEnumerable<SqlStatement> MemberStatements => [.. _addMember, .. _removeMember, .. _listMembers is null ? (SqlStatement[])[] : [_listMembers]];

    /// <inheritdoc />
    public Task<Account> CreateGroupAsync(NewAccount group, IReadOnlyList<string> members, OperationContext context, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            async session =>
            {
                var created = await _groupChanges.CreateAsync(session, group, RandomPassword.Make());
                await ChangeMembersAsync(session, created.Id, new MembershipDelta(members, []));
                return created;
            },
            secret: null,
            cancellationToken,
            creates: true);

    /// <inheritdoc />
    public Task UpdateGroupAsync(
        string groupId, AccountDelta? delta, MembershipDelta members, OperationContext context, CancellationToken cancellationToken) =>
        WriteAsync(
            async session =>
            {
                if (delta is { Changes.Count: > 0 })
                    await _groupChanges.UpdateAsync(session, groupId, delta);
                else
                    await _database.GetAsync(session, _groups, groupId);
                if (delta is not null)
                    await _groupChanges.MarkAsync(session, groupId, delta, context);
                await ChangeMembersAsync(session, groupId, members);
            },
            cancellationToken);

    /// <inheritdoc />
    public Task DeleteGroupAsync(string groupId, OperationContext context, CancellationToken cancellationToken) =>
        WriteAsync(session => _groupChanges.DeleteAsync(session, groupId), cancellationToken);

    /// <inheritdoc />
    public async IAsyncEnumerable<string> ListMembersAsync(
        string groupId, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var statement = _groups.Require(_listMembers, "listMembers");
        var rows = await _database.ReadAsync(
            async session =>
            {
                await _database.GetAsync(session, _groups, groupId);
                return await session.RunAsync(statement, SqlValues.Of("id", groupId));
            },
            cancellationToken);
        foreach (var row in rows)
        {
            yield return row.FirstId()
                ?? throw new ConnectorException(FailureKind.Transient, $"'{statement.Name}' gives a row whose first column has no id that can be kept");
        }
    }

    private async Task ChangeMembersAsync(SqlSession session, string groupId, MembershipDelta members)
    {
        foreach (var member in members.Add)
            await session.RunAllAsync(_groups.Require(_addMember, "addMember"), Membership(groupId, member));
        foreach (var member in members.Remove)
            await session.RunAllAsync(_groups.Require(_removeMember, "removeMember"), Membership(groupId, member));
    }

    private static SqlValues Membership(string groupId, string member) =>
        new() { ["id"] = JsonValue.Create(groupId), ["member"] = JsonValue.Create(member) };
}
