using Provisioning.Core.Users;

namespace Provisioning.Host.Inbound;

/// <summary>Lists of groups: by index for names and ids, else by reading all of them.</summary>
internal sealed class GroupSearch(IUserStore users, MemoryGates gates)
{
    private static readonly string[] Indexed = ["displayName", "id"];

    public static bool IsLookUp(ListQuery query) => query.IsLookUp(Indexed, out _, out _);

    public async Task<Page<Group>> RunAsync(Caller caller, ListQuery query, CancellationToken cancellationToken)
    {
        if (query.Filter is not { } filter)
            return await gates.RunPartAsync(() => users.PageGroupsAsync(caller.Scope, query.StartIndex - 1, query.Count, cancellationToken), cancellationToken);
        if (query.IsLookUp(Indexed, out var attribute, out var value))
            return One(await (attribute == "displayName" ? users.FindGroupByNameAsync(value, cancellationToken) : users.FindGroupAsync(value, cancellationToken)), caller, query);
        return await Scan.RunAsync(
            (after, count) => users.ListGroupsAsync(after, count, cancellationToken),
            x => x.Id,
            x => caller.Sees(x.ServiceProviders) && filter.Matches(ScimGroup.ToResource(x, "")),
            x => x.Attributes.ToJsonString().Length + x.Members.Sum(member => (long)member.Length),
            query,
            gates,
            cancellationToken);
    }

    private static Page<Group> One(Group? found, Caller caller, ListQuery query)
    {
        if (found is null || !caller.Sees(found.ServiceProviders))
            return new Page<Group>([], 0);
        return new Page<Group>(query is { StartIndex: 1, Count: > 0 } ? [found] : [], 1);
    }
}
