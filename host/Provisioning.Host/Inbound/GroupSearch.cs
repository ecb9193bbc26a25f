using Provisioning.Core.Users;

namespace Provisioning.Host.Inbound;

/// <summary>Lists of groups: by index for names and ids, else by reading all groups of the caller.</summary>
internal sealed class GroupSearch(IUserStore users, MemoryGates gates)
{
    private static readonly string[] Indexed = ["id", "displayName", "members", "members.value"];

    public static bool IsLookUp(ListQuery query) => query is { Sort: null, Cursor: null } && query.IsLookUp(Indexed, out _, out _);

    public async Task<Page<GroupHead>> RunAsync(Caller caller, ListQuery query, string baseUrl, CancellationToken cancellationToken)
    {
        // Members are read where they are asked for, by the answer, the filter or the order.
        var whole = query.Projection.Wants("members") || query.Filter?.Uses("members") == true || query.Sort?.Uses("members") == true;
        if (query is { Filter: null, Sort: null, Cursor: null })
            return await gates.RunPartAsync(() => PageAsync(caller, whole, query, cancellationToken), cancellationToken);
        if (query is { Sort: null, Cursor: null } && query.IsLookUp(Indexed, out var attribute, out var value))
        {
            // Whether somebody is a member of a group is asked without reading the others.
            var asked = query.Projection.Wants("members") ? null : query.Filter!.TextsOf("members.value");
            return query.PageOf<GroupHead>(
                [.. (await WithAskedAsync(await FindAsync(attribute, value, caller, whole && asked is null, cancellationToken), asked ?? [], cancellationToken)).Where(Matches)]);
        }

        if (query.Cursor is { } cursor)
            return await Scan.FollowAsync(
                ReadAsync, x => x.Id, Matches, SizeOf, query,
                cursor.Total ?? (await RunAsync(caller, query with { Cursor = null, StartIndex = 1, Count = 0 }, baseUrl, cancellationToken)).Total, gates, cancellationToken);
        return query.Sort is null
            ? await Scan.RunAsync(ReadAsync, x => x.Id, Matches, SizeOf, query, gates, cancellationToken)
            : await Scan.SortedAsync(
                ReadAsync, x => x.Id, x => ScimGroup.ToResource(x, baseUrl), id => FindAsync(id, whole, cancellationToken), SizeOf, query, gates, cancellationToken);

        bool Matches(GroupHead group) => query.Filter?.Matches(ScimGroup.ToResource(group, baseUrl)) != false;

        async Task<IReadOnlyList<GroupHead>> ReadAsync(string? after, int count) => whole
            ? await users.ListGroupsAsync(caller.Scope, after, count, cancellationToken) : await users.ListGroupHeadsAsync(caller.Scope, after, count, cancellationToken);
    }

    private static long SizeOf(GroupHead group) => group.Attributes.ToJsonString().Length + ((group as Group)?.Members.Sum(member => (long)member.Length) ?? 0);

    private async Task<Page<GroupHead>> PageAsync(Caller caller, bool whole, ListQuery query, CancellationToken cancellationToken)
    {
        if (!whole)
            return await users.PageGroupHeadsAsync(caller.Scope, query.StartIndex - 1, query.Count, cancellationToken);
        var page = await users.PageGroupsAsync(caller.Scope, query.StartIndex - 1, query.Count, cancellationToken);
        return new Page<GroupHead>(page.Items, page.Total);
    }

    private async Task<GroupHead?> FindAsync(string id, bool whole, CancellationToken cancellationToken) =>
        whole ? await users.FindGroupAsync(id, cancellationToken) : await users.FindGroupHeadAsync(id, cancellationToken);

    private async Task<IReadOnlyList<GroupHead>> WithAskedAsync(IReadOnlyList<GroupHead> groups, IReadOnlyList<string> asked, CancellationToken cancellationToken)
    {
        if (asked.Count == 0)
            return groups;
        var holders = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var member in asked.Distinct(StringComparer.Ordinal))
            holders[member] = [.. await users.GroupsWithAsync(member, cancellationToken)];
        return [.. groups.Select(x => new Group(
            x.Id, x.DisplayName, x.Attributes, [.. asked.Where(member => holders[member].Contains(x.Id))], x.ServiceProvider, x.Version, x.Created, x.Modified))];
    }

    private async Task<IReadOnlyList<GroupHead>> FindAsync(string attribute, string value, Caller caller, bool whole, CancellationToken cancellationToken)
    {
        switch (attribute)
        {
            case "displayName":
                return whole
                    ? await users.ListGroupsByNameAsync(caller.Scope, value, cancellationToken) : await users.ListGroupHeadsByNameAsync(caller.Scope, value, cancellationToken);
            case "id":
                return await FindAsync(value, whole, cancellationToken) is { } group && caller.Sees(group) ? [group] : [];
            default:
                var groups = new List<GroupHead>();
                foreach (var id in await users.GroupsWithAsync(value, cancellationToken))
                    if (await FindAsync(id, whole, cancellationToken) is { } found && caller.Sees(found))
                        groups.Add(found);
                return groups;
        }
    }
}
