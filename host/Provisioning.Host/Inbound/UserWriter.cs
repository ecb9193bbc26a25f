using System.Text.Json.Nodes;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Users;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>Stage 1 for users, shared by SCIM, sign-ins and import: what a caller may see and change, and idempotent writes.</summary>
internal sealed class UserWriter(IUserStore users, ProvisioningPipeline pipeline, TimeProvider time)
{
    /// <exception cref="DuplicateNameException">The user name belongs to another user.</exception>
    public Task<SubmissionResult> InsertAsync(JsonObject attributes, ServiceProvider provider, Trigger trigger, CancellationToken cancellationToken) =>
        Overlap.WriteAsync(
            () => InsertOnceAsync(attributes, provider, trigger, cancellationToken),

            // The name was somebody's when the row was to be written, and nobody's a moment later: that user was deleted in between.
            x => x is VersionConflictException, cancellationToken);

    private Task<SubmissionResult> InsertOnceAsync(JsonObject attributes, ServiceProvider provider, Trigger trigger, CancellationToken cancellationToken)
    {
        AttributeSize.Check(attributes, stored: null);
        var now = time.GetUtcNow();
        var user = new User(Guid.CreateVersion7().ToString(), attributes["userName"]!.ToString(), attributes, [provider.Name], 1, now, now);
        return pipeline.SubmitAsync(user, WriteKind.Insert, trigger, cancellationToken);
    }

    public Task<SubmissionResult> UpdateAsync(User user, JsonObject attributes, Trigger trigger, CancellationToken cancellationToken)
    {
        AttributeSize.Check(attributes, user.Attributes);
        var next = Next(user) with { UserName = attributes["userName"]!.ToString(), Attributes = attributes };
        return pipeline.SubmitAsync(next, WriteKind.Update, trigger, cancellationToken);
    }

    public Task<SubmissionResult> DeleteAsync(User user, CancellationToken cancellationToken) =>
        pipeline.SubmitAsync(user, WriteKind.Delete, Trigger.Inbound, cancellationToken);

    /// <summary>Creates or updates by user name, as <see cref="UserMerge"/> says; an unchanged user is not written again.</summary>
    public Task<SubmissionResult> UpsertAsync(JsonObject attributes, ServiceProvider provider, Trigger trigger, CancellationToken cancellationToken) =>
        Overlap.WriteAsync(
            () => UpsertOnceAsync(attributes, provider, trigger, cancellationToken), x => x is DuplicateNameException or VersionConflictException, cancellationToken);

    private async Task<SubmissionResult> UpsertOnceAsync(JsonObject attributes, ServiceProvider provider, Trigger trigger, CancellationToken cancellationToken)
    {
        if (await users.FindUserByNameAsync(attributes["userName"]!.ToString(), cancellationToken) is not { } user)
            return await InsertOnceAsync(UserMerge.WithoutNull(attributes), provider, trigger, cancellationToken);
        var known = user.ServiceProviders.Contains(provider.Name, StringComparer.Ordinal);
        var merged = UserMerge.Merge(user.Attributes, Sayable(attributes, user, trigger));
        if (known && JsonNode.DeepEquals(merged, user.Attributes))
            return await pipeline.DecideAsync(user, trigger, cancellationToken);
        if (!known)
            user = user with { ServiceProviders = [.. user.ServiceProviders, provider.Name] };
        return await UpdateAsync(user, merged, trigger, cancellationToken);
    }

    /// <exception cref="ScimException">404 also for users whom the caller must not see.</exception>
    public async Task<User> FindAsync(string id, Caller caller, CancellationToken cancellationToken) =>
        await users.FindUserAsync(id, cancellationToken) is { } user && caller.Sees(user.ServiceProviders)
            ? user
            : throw new ScimException(404, null, $"there is no user '{id}'");

    public Task<IReadOnlyList<GroupReference>> GroupsOfAsync(string userId, CancellationToken cancellationToken) =>
        users.GroupsOfAsync(userId, cancellationToken);

    public Task<ILookup<string, GroupReference>> GroupsOfAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken) =>
        users.GroupsOfAsync(userIds, cancellationToken);

    // A sign-in neither enables nor disables a user whom it knows, and people type their names in any case: it renames nobody. Whether a user is active cannot
    // be taken away.
    private static JsonObject Sayable(JsonObject given, User user, Trigger trigger)
    {
        if (trigger != Trigger.SignIn && given["active"] is not null)
            return given;
        var sayable = given.DeepClone().AsObject();
        sayable.Remove("active");
        if (trigger == Trigger.SignIn)
            sayable["userName"] = user.UserName;
        return sayable;
    }

    private User Next(User user) => user with { Version = user.Version + 1, Modified = time.GetUtcNow() };
}
