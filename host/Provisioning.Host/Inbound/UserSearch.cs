using Provisioning.Core.Users;

namespace Provisioning.Host.Inbound;

/// <summary>Lists of users: by index for the filters that clients send all day, else by reading all users of the caller.</summary>
internal sealed class UserSearch(IUserStore users, MemoryGates gates)
{
    private static readonly string[] Indexed = ["userName", "externalId", "id"];

    public static bool IsLookUp(ListQuery query) => query.IsLookUp(Indexed, out _, out _);

    public async Task<Page<SeenUser>> RunAsync(Caller caller, ListQuery query, CancellationToken cancellationToken)
    {
        if (query.Filter is not { } filter)
        {
            var page = await gates.RunPartAsync(() => users.PageUsersAsync(caller.Scope, query.StartIndex - 1, query.Count, cancellationToken), cancellationToken);
            return new Page<SeenUser>([.. page.Items.Select(caller.See).OfType<SeenUser>()], page.Total);
        }

        if (query.IsLookUp(Indexed, out var attribute, out var value))
            return query.PageOf([.. (await FindAsync(attribute, value, caller, cancellationToken)).Select(caller.See).OfType<SeenUser>()]);
        return await Scan.RunAsync(
            (after, count) => ReadAsync(after, count, caller, cancellationToken),
            x => caller.Scope is null ? x.Id : x.User.RegistrationAt(caller.Name)!.UserName,
            x => filter.Matches(ScimUser.ToResource(x, [], "")),
            x => x.Attributes.ToJsonString().Length,
            query,
            gates,
            cancellationToken);
    }

    private async Task<IReadOnlyList<SeenUser>> ReadAsync(string? after, int count, Caller caller, CancellationToken cancellationToken)
    {
        var batch = caller.Scope is { } scope
            ? await users.ListRegisteredAsync(scope, after, count, cancellationToken)
            : await users.ListUsersAsync(after, count, cancellationToken);
        return [.. batch.Select(caller.See).OfType<SeenUser>()];
    }

    private async Task<IReadOnlyList<User>> FindAsync(string attribute, string value, Caller caller, CancellationToken cancellationToken) => attribute switch
    {
        "userName" => One(await users.FindRegisteredAsync(caller.Name, value, cancellationToken)
            ?? (caller.Scope is null ? await users.FindUserByNameAsync(value, cancellationToken) : null)),
        "externalId" => await users.ListByExternalIdAsync(caller.Scope, value, cancellationToken),
        _ => One(await users.FindUserAsync(value, cancellationToken)),
    };

    private static User[] One(User? user) => user is null ? [] : [user];
}
