using System.Text.Json.Nodes;
using Provisioning.Core.Users;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>Lists of users: by index for the filters that clients send all day, else by reading all users of the caller.</summary>
internal sealed class UserSearch(IUserStore users, MemoryGates gates)
{
    private const string Groups = "groups", GroupValue = "groups.value", ExternalId = "externalId", DisplayName = "displayName", LastModified = "meta.lastModified", Emails = "emails", EmailValue = "emails.value";

    // By these one user, or one group, is found. What finds the fewest comes first.
    private static readonly string[] Single = ["id", "userName", Groups, GroupValue];

    // By these mostly one user.
    private static readonly string[] Few = [.. Single, ExternalId, Emails, EmailValue];

    public static bool IsLookUp(ListQuery query) => query is { Sort: null, Cursor: null } && query.IsLookUp(Few, out _, out _);

    public async Task<Page<SeenUser>> RunAsync(Caller caller, ListQuery query, string baseUrl, CancellationToken cancellationToken)
    {
        if (query is { Filter: null, Sort: null, Cursor: null })
        {
            var page = await gates.RunPartAsync(() => users.PageUsersAsync(caller.Scope, query.StartIndex - 1, query.Count, cancellationToken), cancellationToken);
            return new Page<SeenUser>([.. page.Items.Select(caller.See).OfType<SeenUser>()], page.Total);
        }

        if (query is { Sort: null, Cursor: null } && query.IsLookUp(Single, out var attribute, out var value))
            return await FindAsync(attribute, value, caller, query, baseUrl, cancellationToken);

        // Who is read is asked for the groups only if the filter or the order looks at them.
        ILookup<string, GroupReference>? groups = null;
        var usesGroups = query.Filter?.Uses(Groups) == true || query.Sort?.Uses(Groups) == true;
        if (query.Cursor is { } cursor)
            return await Scan.FollowAsync(
                ReadAsync, x => PlaceOf(x, caller), x => query.Filter?.Matches(ResourceOf(x)) != false, SizeOf, query,
                cursor.Total ?? (await RunAsync(caller, query with { Cursor = null, StartIndex = 1, Count = 0 }, baseUrl, cancellationToken)).Total, gates, cancellationToken);
        if (query.Sort is not null)
            return await Scan.SortedAsync(ReadAsync, x => PlaceOf(x, caller), ResourceOf, x => AtAsync(x, caller, cancellationToken), SizeOf, query, gates, cancellationToken);

        // An index finds who may match; the filter has the last word.
        var source = await SourceAsync(caller, query.Filter!, cancellationToken);
        return await Scan.RunAsync(
            source is null ? ReadAsync : async (after, count) => await SeenAsync(await source.Read(after, count)),
            source?.PlaceOf ?? (x => PlaceOf(x, caller)), x => query.Filter!.Matches(ResourceOf(x)), SizeOf, query, gates, cancellationToken);

        async Task<IReadOnlyList<SeenUser>> ReadAsync(string? after, int count) => await SeenAsync(caller.Scope is { } scope
            ? await users.ListRegisteredAsync(scope, after, count, cancellationToken)
            : await users.ListUsersAsync(after, count, cancellationToken));

        async Task<IReadOnlyList<SeenUser>> SeenAsync(IReadOnlyList<User> batch)
        {
            groups = usesGroups ? await users.GroupsOfAsync([.. batch.Select(x => x.Id)], cancellationToken) : null;
            return [.. batch.Select(caller.See).OfType<SeenUser>()];
        }

        JsonObject ResourceOf(SeenUser user) =>
            ScimUser.ToResource(user, groups is null ? [] : [.. groups[user.Id].Where(caller.Sees)], baseUrl);
    }

    private async Task<Page<SeenUser>> FindAsync(string attribute, string value, Caller caller, ListQuery query, string baseUrl, CancellationToken cancellationToken)
    {
        if (attribute is Groups or GroupValue)
            return await MembersAsync(value, caller, query, baseUrl, cancellationToken);
        var user = attribute == "id"
            ? await users.FindUserAsync(value, cancellationToken)
            : await users.FindRegisteredAsync(caller.Name, value, cancellationToken)
                ?? (caller.Scope is null ? await users.FindUserByNameAsync(value, cancellationToken) : null);
        if (user is null || caller.See(user) is not { } seen)
            return query.PageOf<SeenUser>([]);
        if (query.Filter!.TryGetEquality(out _, out _))
            return query.PageOf([seen]);
        var groups = query.Filter.Uses(Groups) ? await users.GroupsOfAsync(seen.Id, cancellationToken) : [];
        return query.PageOf(query.Filter.Matches(ScimUser.ToResource(seen, [.. groups.Where(caller.Sees)], baseUrl)) ? [seen] : Array.Empty<SeenUser>());
    }

    private async Task<Source?> SourceAsync(Caller caller, ScimFilter filter, CancellationToken cancellationToken)
    {
        if (filter.Demands(ExternalId) is { } externalId)
        {
            // A trusted caller has its own numbers too, and looks among them first.
            var scope = caller.Scope is not null || (await users.ListByExternalIdAsync(caller.Name, externalId, null, 1, cancellationToken)).Count > 0 ? caller.Name : null;
            return new Source((after, count) => users.ListByExternalIdAsync(scope, externalId, after, count, cancellationToken), x => x.Id);
        }

        if ((filter.Demands(Emails) ?? filter.Demands(EmailValue)) is { } email)
            return new Source((after, count) => users.ListByEmailAsync(caller.Scope, email, after, count, cancellationToken), x => x.Id);
        if (filter.Demands(DisplayName) is { Length: > 0 } name)
            return new Source((after, count) => users.ListByDisplayNameAsync(caller.Scope, name, after, count, cancellationToken), x => x.Id);
        return caller.Scope is { } owner && filter.DemandsSince(LastModified) is { } since
            ? new Source(
                (place, count) => users.ListModifiedAsync(owner, since, place is null ? ModifiedPlace.Latest : ModifiedPlace.Parse(place), count, cancellationToken),
                x => new ModifiedPlace(x.Modified, x.Id).ToString())
            : null;
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

    private static long SizeOf(SeenUser user) => user.Attributes.ToJsonString().Length;

    private static string PlaceOf(SeenUser user, Caller caller) => caller.Scope is null ? user.Id : user.User.RegistrationAt(caller.Name)!.UserName;

    private async Task<SeenUser?> AtAsync(string place, Caller caller, CancellationToken cancellationToken)
    {
        var user = caller.Scope is { } scope ? await users.FindRegisteredAsync(scope, place, cancellationToken) : await users.FindUserAsync(place, cancellationToken);
        return user is null ? null : caller.See(user);
    }

    /// <summary>Users in the order of an index.</summary>
    /// <param name="Read">A batch after a place; null for the beginning.</param>
    /// <param name="PlaceOf">The place of a user in that order.</param>
    private sealed record Source(Func<string?, int, Task<IReadOnlyList<User>>> Read, Func<SeenUser, string> PlaceOf);
}
