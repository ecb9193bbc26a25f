using Provisioning.Core.Users;

namespace Provisioning.Host.Inbound;

/// <summary>Lists of users: by index for the filters that clients send all day, else by reading everybody.</summary>
internal sealed class UserSearch(IUserStore users, MemoryGates gates)
{
    private static readonly string[] Indexed = ["userName", "externalId", "id"];

    public static bool IsLookUp(ListQuery query) => query.IsLookUp(Indexed, out _, out _);

    public async Task<Page<User>> RunAsync(Caller caller, ListQuery query, CancellationToken cancellationToken)
    {
        if (query.Filter is not { } filter)
            return await gates.RunPartAsync(() => users.PageUsersAsync(caller.Scope, query.StartIndex - 1, query.Count, cancellationToken), cancellationToken);
        if (query.IsLookUp(Indexed, out var attribute, out var value))
            return One(await FindAsync(attribute, value, cancellationToken), caller, query);
        return await Scan.RunAsync(
            (after, count) => users.ListUsersAsync(after, count, cancellationToken),
            x => x.Id,
            x => caller.Sees(x.ServiceProviders) && filter.Matches(ScimUser.ToResource(x, [], "")),
            x => x.Attributes.ToJsonString().Length,
            query,
            gates,
            cancellationToken);
    }

    private static Page<User> One(User? found, Caller caller, ListQuery query)
    {
        if (found is null || !caller.Sees(found.ServiceProviders))
            return new Page<User>([], 0);
        return new Page<User>(query is { StartIndex: 1, Count: > 0 } ? [found] : [], 1);
    }

    private Task<User?> FindAsync(string attribute, string value, CancellationToken cancellationToken) => attribute switch
    {
        "userName" => users.FindUserByNameAsync(value, cancellationToken),
        "externalId" => users.FindUserByExternalIdAsync(value, cancellationToken),
        _ => users.FindUserAsync(value, cancellationToken),
    };
}
