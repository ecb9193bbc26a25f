namespace Provisioning.Connectors.Testing;

internal static class GroupChecks
{
    private static readonly Type[] Members = [typeof(IManageGroups), typeof(ICreateAccounts), typeof(IListMembers)];

    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new("group-create-find", [typeof(IManageGroups), typeof(ICreateAccounts), typeof(IFindAccounts)], CreateFindAsync),
        new("group-update-changes-only-what-changed", [typeof(IManageGroups), typeof(IFindAccounts)], UpdateAsync),
        new("group-update-writes-marker", [typeof(IManageGroups), typeof(IFindAccounts)], MarkAsync),
        new("group-update-missing-gone", [typeof(IManageGroups)], UpdateMissingAsync),
        new("group-delete-twice", [typeof(IManageGroups), typeof(IFindAccounts)], DeleteTwiceAsync),
        new("group-created-with-members", Members, CreatedWithMembersAsync),
        new("group-members-relative", Members, RelativeAsync),
        new("group-members-twice", Members, TwiceAsync),
        new("group-last-member-leaves", Members, LastMemberAsync),
        new("group-many-members", Members, ManyMembersAsync),
        new("group-members-of-missing-gone", [typeof(IManageGroups), typeof(IListMembers)], MembersOfMissingAsync),
    ];

    private static async Task CreateFindAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var group = data.NewGroup();
        var member = await CreateMemberAsync(connector, data, cancellationToken);
        var created = await ((IManageGroups)connector).CreateGroupAsync(group, [member], data.Context(), cancellationToken);
        Expect.That(created.Id.Length > 0, "a created group must have an id");
        var found = await FindAsync(connector, data, group, cancellationToken);
        Expect.That(found.Count == 1, $"a created group must be found once, not '{found.Count}' times");
        Expect.That(found[0].Account.Id == created.Id, "a created group must be found with the id that creating returned");
        Expect.That(found[0].Ownership == AccountOwnership.Ours, "a created group must be found as ours");
    }

    private static async Task UpdateAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var group = data.NewGroup();
        var created = await ((IManageGroups)connector).CreateGroupAsync(group, [], data.Context(), cancellationToken);
        var attribute = data.ChangedGroupAttribute;
        var value = data.GroupNameOf(group) + " changed";
        var desired = group.Attributes.DeepClone().AsObject();
        AttributePath.Set(desired, attribute, value);
        var delta = new AccountDelta([AttributePath.Change(attribute, value)], desired);

        // Twice, since a retry must not fail.
        for (var i = 0; i < 2; i++)
            await ((IManageGroups)connector).UpdateGroupAsync(created.Id, delta, new MembershipDelta([], []), data.Context(), cancellationToken);
        var found = await FindAsync(connector, data, group, cancellationToken);
        Expect.That(found.Count > 0 && found[0].Account.Id == created.Id, "an updated group must keep its id");
        Expect.That(Expect.Text(found[0].Account, attribute) == value, $"the attribute '{attribute}' of the group must have its new value");
    }

    private static async Task MarkAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var group = data.NewGroup();
        var created = await ((IManageGroups)connector).CreateGroupAsync(group, [], data.Context(), cancellationToken);
        var taken = group with { OwnershipMarker = data.NewGroup().OwnershipMarker };
        var delta = new AccountDelta([], group.Attributes.DeepClone().AsObject()) { Marker = taken.OwnershipMarker, OwnershipMarker = taken.OwnershipMarker };
        await ((IManageGroups)connector).UpdateGroupAsync(created.Id, delta, new MembershipDelta([], []), data.Context(), cancellationToken);
        if (!data.WritesMarkers)
            return;
        var found = await FindAsync(connector, data, taken, cancellationToken);
        Expect.That(found.Count == 1 && found[0].Account.Id == created.Id, "a group must be found by the marker that an update wrote");
        Expect.That(found[0].Ownership == AccountOwnership.Ours, "a group must be ours by the marker that an update wrote");
    }

    private static Task UpdateMissingAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var group = data.NewGroup();
        var change = AttributePath.Change(data.ChangedGroupAttribute, "Changed");
        return Expect.FailsAsync(
            FailureKind.Gone,
            () => ((IManageGroups)connector).UpdateGroupAsync(
                data.UnknownId(), new AccountDelta([change], group.Attributes), new MembershipDelta([], []), data.Context(), cancellationToken),
            "updating a missing group");
    }

    private static async Task DeleteTwiceAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var group = data.NewGroup();
        var groups = (IManageGroups)connector;
        var created = await groups.CreateGroupAsync(group, [], data.Context(), cancellationToken);
        await groups.DeleteGroupAsync(created.Id, data.Context(), cancellationToken);
        await groups.DeleteGroupAsync(created.Id, data.Context(), cancellationToken);
        Expect.That((await FindAsync(connector, data, group, cancellationToken)).Count == 0, "a deleted group must not be found");
    }

    private static async Task CreatedWithMembersAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var members = await CreateMembersAsync(connector, data, 2, cancellationToken);
        var group = await ((IManageGroups)connector).CreateGroupAsync(data.NewGroup(), members, data.Context(), cancellationToken);
        await ExpectMembersAsync(connector, data, group.Id, members, cancellationToken);
    }

    private static async Task RelativeAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var m = await CreateMembersAsync(connector, data, 4, cancellationToken);
        var group = await ((IManageGroups)connector).CreateGroupAsync(data.NewGroup(), [m[0], m[1]], data.Context(), cancellationToken);
        await ChangeAsync(connector, data, group.Id, [m[2]], [m[0]], cancellationToken);

        // Whom the change does not name stays.
        await ExpectMembersAsync(connector, data, group.Id, [m[1], m[2]], cancellationToken);
    }

    private static async Task TwiceAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var m = await CreateMembersAsync(connector, data, 3, cancellationToken);
        var group = await ((IManageGroups)connector).CreateGroupAsync(data.NewGroup(), [m[0], m[1]], data.Context(), cancellationToken);

        // Adding who is in, and removing who is not, is success; whatever else the change says is done.
        for (var i = 0; i < 2; i++)
            await ChangeAsync(connector, data, group.Id, [m[1], m[2]], [m[0]], cancellationToken);
        await ExpectMembersAsync(connector, data, group.Id, [m[1], m[2]], cancellationToken);
    }

    private static async Task LastMemberAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var m = await CreateMembersAsync(connector, data, 1, cancellationToken);
        var group = await ((IManageGroups)connector).CreateGroupAsync(data.NewGroup(), m, data.Context(), cancellationToken);
        await ChangeAsync(connector, data, group.Id, [], m, cancellationToken);
        await ExpectMembersAsync(connector, data, group.Id, [], cancellationToken);
        await ChangeAsync(connector, data, group.Id, m, [], cancellationToken);
        await ExpectMembersAsync(connector, data, group.Id, m, cancellationToken);
    }

    private static async Task ManyMembersAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var m = await CreateMembersAsync(connector, data, data.ManyMembers, cancellationToken);
        var half = m.Take(m.Count / 2).ToList();
        var group = await ((IManageGroups)connector).CreateGroupAsync(data.NewGroup(), half, data.Context(), cancellationToken);
        await ChangeAsync(connector, data, group.Id, [.. m.Skip(half.Count)], [], cancellationToken);
        await ExpectMembersAsync(connector, data, group.Id, m, cancellationToken);
        await ChangeAsync(connector, data, group.Id, [], half, cancellationToken);
        await ExpectMembersAsync(connector, data, group.Id, [.. m.Skip(half.Count)], cancellationToken);
    }

    private static Task MembersOfMissingAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken) =>
        Expect.FailsAsync(
            FailureKind.Gone, () => MembersAsync(connector, data, data.UnknownId(), cancellationToken), "listing the members of a missing group");

    private static async Task<List<string>> CreateMembersAsync(IConnector connector, ConformanceData data, int count, CancellationToken cancellationToken)
    {
        var members = new List<string>();
        for (var i = 0; i < count; i++)
            members.Add(await CreateMemberAsync(connector, data, cancellationToken));
        return members;
    }

    private static async Task<string> CreateMemberAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken) =>
        (await ((ICreateAccounts)connector).CreateAsync(data.NewAccount(), data.Context(), cancellationToken)).Id;

    private static Task ChangeAsync(
        IConnector connector, ConformanceData data, string group, IReadOnlyList<string> add, IReadOnlyList<string> remove, CancellationToken cancellationToken) =>
        ((IManageGroups)connector).UpdateGroupAsync(group, null, new MembershipDelta(add, remove), data.Context(), cancellationToken);

    private static async Task ExpectMembersAsync(
        IConnector connector, ConformanceData data, string group, List<string> expected, CancellationToken cancellationToken)
    {
        var members = await MembersAsync(connector, data, group, cancellationToken);
        Expect.That(
            members.Order(StringComparer.Ordinal).SequenceEqual(expected.Order(StringComparer.Ordinal)),
            $"the group must have exactly the {expected.Count} members asked for, not {members.Count} [{string.Join(", ", members.Take(10))}]");
    }

    private static async Task<List<string>> MembersAsync(IConnector connector, ConformanceData data, string group, CancellationToken cancellationToken)
    {
        var members = new List<string>();
        await foreach (var member in ((IListMembers)connector).ListMembersAsync(group, data.Context(), cancellationToken))
            members.Add(member);
        return members;
    }

    private static Task<IReadOnlyList<MatchedAccount>> FindAsync(
        IConnector connector, ConformanceData data, NewAccount group, CancellationToken cancellationToken)
    {
        var key = new MatchKey(group.OwnershipMarker, data.GroupNameOf(group));
        return ((IFindAccounts)connector).FindAsync(ResourceType.Group, key, data.Context(), cancellationToken);
    }
}
