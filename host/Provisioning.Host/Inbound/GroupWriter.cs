using System.Text.Json.Nodes;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Users;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>Stage 1 for groups: what a caller may see and change.</summary>
internal sealed class GroupWriter(IUserStore store, GroupPipeline pipeline, TimeProvider time)
{
    public async Task<Group> InsertAsync(JsonObject body, Caller caller, CancellationToken cancellationToken)
    {
        var (name, attributes, members) = ScimGroup.Read(body);
        AttributeSize.Check(attributes, stored: null);
        var now = time.GetUtcNow();
        return await Overlap.WriteAsync(
            async () =>
            {
                var group = new Group(Guid.CreateVersion7().ToString(), name, attributes, [], caller.Name, 1, now, now);
                group = await WithMembersAsync(group, members, cancellationToken);
                await pipeline.SubmitAsync(group, WriteKind.Insert, cancellationToken);
                return group;
            },

            // A group that is to be in it changed at this moment.
            x => x is VersionConflictException, cancellationToken);
    }

    /// <summary>Replaces a group, or changes it by a patch.</summary>
    /// <returns>The group as it is then; without its members where they were not read.</returns>
    /// <inheritdoc cref="UserWriter.WriteAsync" path="/param" />
    public Task<GroupHead> WriteAsync(string id, JsonObject body, bool patch, Caller caller, string? expected, CancellationToken cancellationToken)
    {
        var change = patch ? MemberPatch.Of(body) : null;
        return Preconditions.WriteAsync(
            async () =>
            {
                if (change is not null)
                {
                    var head = await FindHeadAsync(id, caller, cancellationToken);
                    Preconditions.Check(expected, head.Version);
                    if (await pipeline.TryChangeMembersAsync(head, expected is not null, change, cancellationToken) is { } changed)
                        return changed;
                }

                var group = await FindAsync(id, caller, cancellationToken);
                Preconditions.Check(expected, group.Version);
                return change is not null ? await UpdateAsync(group, change, cancellationToken)
                    : await UpdateAsync(group, patch ? ScimPatch.Apply(ScimGroup.ToPatch(group), body, cancellationToken) : body, cancellationToken);
            },
            cancellationToken);
    }

    public Task DeleteAsync(string id, Caller caller, string? expected, CancellationToken cancellationToken) => Preconditions.WriteAsync(
        async () =>
        {
            var group = await FindAsync(id, caller, cancellationToken);
            Preconditions.Check(expected, group.Version);
            await pipeline.SubmitAsync(group, WriteKind.Delete, cancellationToken);
            return true;
        },
        cancellationToken);

    /// <exception cref="ScimException">404 also for groups that the caller must not see.</exception>
    public async Task<Group> FindAsync(string id, Caller caller, CancellationToken cancellationToken) =>
        await store.FindGroupAsync(id, cancellationToken) is { } group && caller.Sees(group)
            ? group
            : throw new ScimException(404, null, $"there is no group '{id}'");

    /// <summary>A group without its members.</summary>
    /// <inheritdoc cref="FindAsync" />
    public async Task<GroupHead> FindHeadAsync(string id, Caller caller, CancellationToken cancellationToken) =>
        await store.FindGroupHeadAsync(id, cancellationToken) is { } group && caller.Sees(group)
            ? group
            : throw new ScimException(404, null, $"there is no group '{id}'");

    private async Task<GroupHead> UpdateAsync(Group group, MemberChange change, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> members = [.. group.Members, .. group.Groups];
        var next = change.ApplyTo(members);
        return ReferenceEquals(next, members)
            ? group
            : await SubmitAsync(
                group, await WithMembersAsync(group with { Version = group.Version + 1, Modified = time.GetUtcNow() }, next, cancellationToken), cancellationToken);
    }

    private async Task<GroupHead> UpdateAsync(Group group, JsonObject body, CancellationToken cancellationToken)
    {
        var (name, attributes, members) = ScimGroup.Read(body, group.Attributes);
        AttributeSize.Check(attributes, group.Attributes);
        return await SubmitAsync(
            group,
            await WithMembersAsync(
                group with { DisplayName = name, Attributes = attributes, Version = group.Version + 1, Modified = time.GetUtcNow() }, members, cancellationToken),
            cancellationToken);
    }

    // The store knows which ids are groups; the type that the client gave does not count. Members of before are users.
    private async Task<Group> WithMembersAsync(Group group, IReadOnlyList<string> members, CancellationToken cancellationToken)
    {
        var users = group.Members.ToHashSet(StringComparer.Ordinal);
        string[] unknown = [.. members.Where(x => !users.Contains(x))];
        if (unknown.Length == 0)
            return group with { Members = members, Groups = [] };
        var groups = (await store.GroupsAmongAsync(group.ServiceProvider, unknown, cancellationToken)).ToHashSet(StringComparer.Ordinal);
        return group with { Members = groups.Count == 0 ? members : [.. members.Where(x => !groups.Contains(x))], Groups = [.. members.Where(groups.Contains)] };
    }

    private async Task<Group> SubmitAsync(Group group, Group next, CancellationToken cancellationToken)
    {
        try
        {
            await pipeline.SubmitAsync(next, WriteKind.Update, cancellationToken);
        }
        catch (UnknownMemberException exception) when (group.Members.Contains(exception.Id, StringComparer.Ordinal) || group.Groups.Contains(exception.Id, StringComparer.Ordinal))
        {
            // The user or group was deleted, and left the group, after the group was read: no fault of the caller.
            throw new VersionConflictException(group.Id);
        }

        return next;
    }
}
