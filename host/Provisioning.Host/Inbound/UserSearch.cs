using System.Text.Json.Nodes;
using Provisioning.Core.Users;

namespace Provisioning.Host.Inbound;

/// <summary>Lists of users: by index for the filters that clients send all day, else by reading all users of the caller.</summary>
internal sealed class UserSearch(IUserStore users, MemoryGates gates)
{
    private const string Groups = "groups", GroupValue = "groups.value", DisplayName = "displayName", LastModified = "meta.lastModified", Emails = "emails", EmailValue = "emails.value";

    // What finds the fewest comes first.
    private static readonly string[] Indexed = ["id", "userName", "externalId", Emails, EmailValue, DisplayName, Groups, GroupValue];

    public static bool IsLookUp(ListQuery query) => query is { Sort: null, Cursor: null } && query.IsLookUp(Indexed, out _, out _);

    public async Task<Page<SeenUser>> RunAsync(Caller caller, ListQuery query, string baseUrl, CancellationToken cancellationToken)
    {
        if (query is { Filter: null, Sort: null, Cursor: null })
        {
            var page = await gates.RunPartAsync(() => users.PageUsersAsync(caller.Scope, query.StartIndex - 1, query.Count, cancellationToken), cancellationToken);
            return new Page<SeenUser>([.. page.Items.Select(caller.See).OfType<SeenUser>()], page.Total);
        }

        if (query is { Sort: null, Cursor: null } && query.IsLookUp(Indexed, out var attribute, out var value))
            return await FindAsync(attribute, value, caller, query, baseUrl, cancellationToken);

        // Who is read is asked for the groups only if the filter or the order looks at them.
        ILookup<string, GroupReference>? groups = null;
        var usesGroups = query.Filter?.Uses(Groups) == true || query.Sort?.Uses(Groups) == true;
        if (query.Cursor is { } cursor)
            return await Scan.FollowAsync(
                ReadAsync, x => PlaceOf(x, caller), x => query.Filter?.Matches(ResourceOf(x)) != false, SizeOf, query,
                cursor.Total ?? (await RunAsync(caller, query with { Cursor = null, StartIndex = 1, Count = 0 }, baseUrl, cancellationToken)).Total, gates, cancellationToken);
        if (query.Sort is null && caller.Scope is { } owner && query.Filter!.DemandsSince(LastModified) is { } since)
            return await Scan.RunAsync(
                (place, count) => ReadModifiedAsync(owner, place is null ? new(since, "") : ModifiedPlace.Parse(place), count), x => new ModifiedPlace(x.Modified, x.Id).ToString(), x => query.Filter.Matches(ResourceOf(x)), SizeOf, query, gates, cancellationToken);
        return query.Sort is null
            ? await Scan.RunAsync(ReadAsync, x => PlaceOf(x, caller), x => query.Filter!.Matches(ResourceOf(x)), SizeOf, query, gates, cancellationToken)
            : await Scan.SortedAsync(ReadAsync, x => PlaceOf(x, caller), ResourceOf, x => AtAsync(x, caller, cancellationToken), SizeOf, query, gates, cancellationToken);

        async Task<IReadOnlyList<SeenUser>> ReadAsync(string? after, int count) => await SeenAsync(caller.Scope is { } scope
            ? await users.ListRegisteredAsync(scope, after, count, cancellationToken)
            : await users.ListUsersAsync(after, count, cancellationToken));

        async Task<IReadOnlyList<SeenUser>> ReadModifiedAsync(string scope, ModifiedPlace after, int count) =>
            await SeenAsync(await users.ListModifiedAsync(scope, after, count, cancellationToken));

        async Task<IReadOnlyList<SeenUser>> SeenAsync(IReadOnlyList<User> batch)
        {
            groups = usesGroups ? await users.GroupsOfAsync([.. batch.Select(x => x.Id)], cancellationToken) : null;
            return [.. batch.Select(caller.See).OfType<SeenUser>()];
        }

        JsonObject ResourceOf(SeenUser user) =>
            ScimUser.ToResource(user, groups is null ? [] : [.. groups[user.Id].Where(caller.Sees)], baseUrl);
    }

    // An index finds who may match; the filter has the last word.
    private async Task<Page<SeenUser>> FindAsync(string attribute, string value, Caller caller, ListQuery query, string baseUrl, CancellationToken cancellationToken)
    {
        if (attribute is Groups or GroupValue)
            return await MembersAsync(value, caller, query, baseUrl, cancellationToken);
        IReadOnlyList<User> candidates = attribute switch
        {
            "id" => One(await users.FindUserAsync(value, cancellationToken)),
            "userName" => One(await users.FindRegisteredAsync(caller.Name, value, cancellationToken)
                ?? (caller.Scope is null ? await users.FindUserByNameAsync(value, cancellationToken) : null)),
            "externalId" => await ByExternalIdAsync(value, caller, cancellationToken),
            DisplayName => await users.ListByDisplayNameAsync(caller.Scope, value, cancellationToken),
            _ => await users.ListByEmailAsync(caller.Scope, value, cancellationToken),
        };
        var seen = candidates.Select(caller.See).OfType<SeenUser>().ToList();
        if (query.Filter!.TryGetEquality(out _, out _))
            return query.PageOf(seen);
        var groups = query.Filter.Uses(Groups) ? await users.GroupsOfAsync([.. seen.Select(x => x.Id)], cancellationToken) : null;
        return query.PageOf([.. seen.Where(x => query.Filter.Matches(ScimUser.ToResource(x, groups is null ? [] : [.. groups[x.Id].Where(caller.Sees)], baseUrl)))]);
    }

    // The members of a group, in their order there.
    private async Task<Page<SeenUser>> MembersAsync(string groupId, Caller caller, ListQuery query, string baseUrl, CancellationToken cancellationToken)
    {
        if (await users.FindGroupAsync(groupId, cancellationToken) is not { } group || !caller.Sees(group))
            return new Page<SeenUser>([], 0);
        var isAll = query.Filter!.TryGetEquality(out _, out _) || query.Filter.IsOneElement;
        var members = group.AllMembers;
        var found = new List<SeenUser>();
        var (total, bytes) = (0L, 0L);
        foreach (var id in isAll ? query.PageOf(members).Items : members)
        {
            if (await users.FindUserAsync(id, cancellationToken) is not { } user || caller.See(user) is not { } seen)
                continue;
            if (!isAll && !query.Filter.Matches(ScimUser.ToResource(seen, [.. (await users.GroupsOfAsync(id, cancellationToken)).Where(caller.Sees)], baseUrl)))
                continue;
            if (!isAll && (++total < query.StartIndex || found.Count == query.Count))
                continue;
            if (bytes >= Scan.PageBytes)
                continue;
            found.Add(seen);
            bytes += SizeOf(seen);
        }

        return new Page<SeenUser>(found, isAll ? members.Count : total);
    }

    // A trusted caller has its own numbers too, and looks among them first.
    private async Task<IReadOnlyList<User>> ByExternalIdAsync(string value, Caller caller, CancellationToken cancellationToken)
    {
        var own = await users.ListByExternalIdAsync(caller.Name, value, cancellationToken);
        return own.Count > 0 || caller.Scope is not null ? own : await users.ListByExternalIdAsync(null, value, cancellationToken);
    }

    private static long SizeOf(SeenUser user) => user.Attributes.ToJsonString().Length;

    private static string PlaceOf(SeenUser user, Caller caller) => caller.Scope is null ? user.Id : user.User.RegistrationAt(caller.Name)!.UserName;

    private async Task<SeenUser?> AtAsync(string place, Caller caller, CancellationToken cancellationToken)
    {
        var user = caller.Scope is { } scope ? await users.FindRegisteredAsync(scope, place, cancellationToken) : await users.FindUserAsync(place, cancellationToken);
        return user is null ? null : caller.See(user);
    }

    private static User[] One(User? user) => user is null ? [] : [user];
}
