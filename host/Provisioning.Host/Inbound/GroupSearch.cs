using Provisioning.Core.Users;

namespace Provisioning.Host.Inbound;

/// <summary>Lists of groups: by index for names and ids, else by reading all groups of the caller.</summary>
internal sealed class GroupSearch(IUserStore users, MemoryGates gates)
{
    private static readonly string[] Indexed = ["displayName", "id"];

    public static bool IsLookUp(ListQuery query) => query.IsLookUp(Indexed, out _, out _);

    public async Task<Page<Group>> RunAsync(Caller caller, ListQuery query, CancellationToken cancellationToken)
    {
        if (query.Filter is not { } filter)
            return await gates.RunPartAsync(() => users.PageGroupsAsync(caller.Scope, query.StartIndex - 1, query.Count, cancellationToken), cancellationToken);
        if (query.IsLookUp(Indexed, out var attribute, out var value))
            return query.PageOf(await FindAsync(attribute, value, caller, cancellationToken));
        return await Scan.RunAsync(
            (after, count) => users.ListGroupsAsync(caller.Scope, after, count, cancellationToken),
            x => x.Id,
            x => filter.Matches(ScimGroup.ToResource(x, "")),
            x => x.Attributes.ToJsonString().Length + x.Members.Sum(member => (long)member.Length),
            query,
            gates,
            cancellationToken);
    }

    private async Task<IReadOnlyList<Group>> FindAsync(string attribute, string value, Caller caller, CancellationToken cancellationToken)
    {
        if (attribute == "displayName")
            return await users.ListGroupsByNameAsync(caller.Scope, value, cancellationToken);
        return await users.FindGroupAsync(value, cancellationToken) is { } group && caller.Sees(group) ? [group] : [];
    }
}
