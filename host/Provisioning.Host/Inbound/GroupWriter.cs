using System.Text.Json.Nodes;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Users;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>Stage 1 for groups: what a caller may see and change.</summary>
internal sealed class GroupWriter(IUserStore users, GroupPipeline pipeline, TimeProvider time)
{
    public async Task<Group> InsertAsync(JsonObject body, Caller caller, CancellationToken cancellationToken)
    {
        var (name, attributes, members) = ScimGroup.Read(body);
        AttributeSize.Check(attributes, stored: null);
        var now = time.GetUtcNow();
        var group = new Group(Guid.CreateVersion7().ToString(), name, attributes, members, caller.Name, 1, now, now);
        await pipeline.SubmitAsync(group, WriteKind.Insert, cancellationToken);
        return group;
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
        await users.FindGroupAsync(id, cancellationToken) is { } group && caller.Sees(group)
            ? group
            : throw new ScimException(404, null, $"there is no group '{id}'");

    /// <summary>A group without its members.</summary>
    /// <inheritdoc cref="FindAsync" />
    public async Task<GroupHead> FindHeadAsync(string id, Caller caller, CancellationToken cancellationToken) =>
        await users.FindGroupHeadAsync(id, cancellationToken) is { } group && caller.Sees(group)
            ? group
            : throw new ScimException(404, null, $"there is no group '{id}'");

    private async Task<GroupHead> UpdateAsync(Group group, MemberChange change, CancellationToken cancellationToken)
    {
        var members = change.ApplyTo(group.Members);
        return ReferenceEquals(members, group.Members)
            ? group
            : await SubmitAsync(group, group with { Members = members, Version = group.Version + 1, Modified = time.GetUtcNow() }, cancellationToken);
    }

    private async Task<GroupHead> UpdateAsync(Group group, JsonObject body, CancellationToken cancellationToken)
    {
        var (name, attributes, members) = ScimGroup.Read(body, group.Attributes);
        AttributeSize.Check(attributes, group.Attributes);
        return await SubmitAsync(
            group,
            group with { DisplayName = name, Attributes = attributes, Members = members, Version = group.Version + 1, Modified = time.GetUtcNow() },
            cancellationToken);
    }

    private async Task<Group> SubmitAsync(Group group, Group next, CancellationToken cancellationToken)
    {
        try
        {
            await pipeline.SubmitAsync(next, WriteKind.Update, cancellationToken);
        }
        catch (UnknownMemberException exception) when (group.Members.Contains(exception.UserId, StringComparer.Ordinal))
        {
            // The user was deleted, and left the group, after the group was read: no fault of the caller.
            throw new VersionConflictException(group.Id);
        }

        return next;
    }
}
