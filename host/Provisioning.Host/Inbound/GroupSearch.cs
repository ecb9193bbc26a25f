using Provisioning.Core.Users;

namespace Provisioning.Host.Inbound;

/// <summary>Lists of groups: by index for names and ids, else by reading all groups of the caller.</summary>
internal sealed class GroupSearch(IUserStore users, MemoryGates gates)
{
    private static readonly string[] Indexed = ["id", "displayName", "members", "members.value"];

    public static bool IsLookUp(ListQuery query) => query is { Sort: null, Cursor: null } && query.IsLookUp(Indexed, out _, out _);

    public async Task<Page<Group>> RunAsync(Caller caller, ListQuery query, string baseUrl, CancellationToken cancellationToken)
    {
        if (query is { Filter: null, Sort: null, Cursor: null })
            return await gates.RunPartAsync(() => users.PageGroupsAsync(caller.Scope, query.StartIndex - 1, query.Count, cancellationToken), cancellationToken);
        if (query is { Sort: null, Cursor: null } && query.IsLookUp(Indexed, out var attribute, out var value))
            return query.PageOf([.. (await FindAsync(attribute, value, caller, cancellationToken)).Where(x => query.Filter!.Matches(ScimGroup.ToResource(x, baseUrl)))]);
        if (query.Cursor is { } cursor)
            return await Scan.FollowAsync(
                ReadAsync, x => x.Id, x => query.Filter?.Matches(ScimGroup.ToResource(x, baseUrl)) != false,
                SizeOf, query,
                cursor.Total ?? (await RunAsync(caller, query with { Cursor = null, StartIndex = 1, Count = 0 }, baseUrl, cancellationToken)).Total, gates, cancellationToken);
        return query.Sort is null
            ? await Scan.RunAsync(
                ReadAsync, x => x.Id, x => query.Filter!.Matches(ScimGroup.ToResource(x, baseUrl)),
                SizeOf, query, gates, cancellationToken)
            : await Scan.SortedAsync(
                ReadAsync, x => x.Id, x => ScimGroup.ToResource(x, baseUrl), id => users.FindGroupAsync(id, cancellationToken), SizeOf, query, gates, cancellationToken);

        Task<IReadOnlyList<Group>> ReadAsync(string? after, int count) => users.ListGroupsAsync(caller.Scope, after, count, cancellationToken);
    }

    private static long SizeOf(Group group) => group.Attributes.ToJsonString().Length + group.Members.Sum(member => (long)member.Length);

    private async Task<IReadOnlyList<Group>> FindAsync(string attribute, string value, Caller caller, CancellationToken cancellationToken)
    {
        switch (attribute)
        {
            case "displayName":
                return await users.ListGroupsByNameAsync(caller.Scope, value, cancellationToken);
            case "id":
                return await users.FindGroupAsync(value, cancellationToken) is { } group && caller.Sees(group) ? [group] : [];
            default:
                var groups = new List<Group>();
                foreach (var reference in (await users.GroupsOfAsync(value, cancellationToken)).Where(caller.Sees))
                    if (await users.FindGroupAsync(reference.Id, cancellationToken) is { } found)
                        groups.Add(found);
                return groups;
        }
    }
}
