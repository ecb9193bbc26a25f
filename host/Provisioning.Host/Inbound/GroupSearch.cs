using Provisioning.Core.Users;

namespace Provisioning.Host.Inbound;

/// <summary>Lists of groups: by index for names and ids, else by reading all of them.</summary>
internal sealed class GroupSearch(IUserStore users, MemoryGates gates)
{
    public async Task<Page<Group>> RunAsync(Caller caller, ListQuery query, CancellationToken cancellationToken)
    {
        if (query.Filter is not { } filter)
            return await gates.RunPartAsync(() => users.PageGroupsAsync(caller.Scope, query.StartIndex - 1, query.Count, cancellationToken), cancellationToken);
        if (filter.TryGetEquality(out var attribute, out var value))
        {
            if (attribute.Equals("displayName", StringComparison.OrdinalIgnoreCase))
                return One(await users.FindGroupByNameAsync(value, cancellationToken), caller, query);
            if (attribute.Equals("id", StringComparison.OrdinalIgnoreCase))
                return One(await users.FindGroupAsync(value, cancellationToken), caller, query);
        }

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
