using System.Text.Json.Nodes;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Users;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>Stage 1 for users, shared by SCIM, sign-ins and import: what a caller may see and change, and idempotent writes.</summary>
internal sealed class UserWriter(IUserStore users, ProvisioningPipeline pipeline, TimeProvider time)
{
    public Task<SubmissionResult> InsertAsync(JsonObject attributes, ServiceProvider provider, Trigger trigger, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var user = new User(Guid.CreateVersion7().ToString(), attributes["userName"]!.ToString(), attributes, [provider.Name], 1, now, now);
        return pipeline.SubmitAsync(user, WriteKind.Insert, trigger, cancellationToken);
    }

    public Task<SubmissionResult> UpdateAsync(User user, JsonObject attributes, Trigger trigger, CancellationToken cancellationToken) =>
        pipeline.SubmitAsync(Next(user) with { UserName = attributes["userName"]!.ToString(), Attributes = attributes }, WriteKind.Update, trigger, cancellationToken);

    public Task<SubmissionResult> DeleteAsync(User user, CancellationToken cancellationToken) =>
        pipeline.SubmitAsync(user, WriteKind.Delete, Trigger.Inbound, cancellationToken);

    /// <summary>Creates or updates by user name. Attributes that the caller leaves out are kept.</summary>
    public async Task<SubmissionResult> UpsertAsync(JsonObject attributes, ServiceProvider provider, Trigger trigger, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (await users.FindUserByNameAsync(attributes["userName"]!.ToString(), cancellationToken) is not { } user)
                    return await InsertAsync(attributes, provider, trigger, cancellationToken);
                var merged = user.Attributes.DeepClone().AsObject();
                foreach (var (name, value) in attributes)
                    merged[name] = value?.DeepClone();
                if (!user.ServiceProviders.Contains(provider.Name, StringComparer.Ordinal))
                    user = user with { ServiceProviders = [.. user.ServiceProviders, provider.Name] };
                return await UpdateAsync(user, merged, trigger, cancellationToken);
            }
            catch (Exception exception) when (attempt < 5 && exception is DuplicateNameException or VersionConflictException)
            {
                // Somebody wrote the same user between our read and our write: look again.
            }
        }
    }

    /// <exception cref="ScimException">404 also for users whom the caller must not see.</exception>
    public async Task<User> FindAsync(string id, Caller caller, CancellationToken cancellationToken) =>
        await users.FindUserAsync(id, cancellationToken) is { } user && caller.Sees(user.ServiceProviders)
            ? user
            : throw new ScimException(404, null, $"there is no user '{id}'");

    public Task<IReadOnlyList<GroupReference>> GroupsOfAsync(string userId, CancellationToken cancellationToken) =>
        users.GroupsOfAsync(userId, cancellationToken);

    public async Task<UserPage> ListAsync(Caller caller, string? filter, int startIndex, int count, CancellationToken cancellationToken)
    {
        var parsed = filter is null ? null : ScimFilter.Parse(filter);
        if (parsed is not null && parsed.TryGetEquality(out var attribute, out var value))
        {
            User? found = null;
            var known = true;
            if (attribute.Equals("userName", StringComparison.OrdinalIgnoreCase))
                found = await users.FindUserByNameAsync(value, cancellationToken);
            else if (attribute.Equals("externalId", StringComparison.OrdinalIgnoreCase))
                found = await users.FindUserByExternalIdAsync(value, cancellationToken);
            else if (attribute.Equals("id", StringComparison.OrdinalIgnoreCase))
                found = await users.FindUserAsync(value, cancellationToken);
            else
                known = false;
            if (known)
                return found is not null && caller.Sees(found.ServiceProviders) ? new UserPage([found], 1) : new UserPage([], 0);
        }

        return await ScanAsync(caller, parsed, startIndex, count, cancellationToken);
    }

    private static User Next(User user, DateTimeOffset now) => user with { Version = user.Version + 1, Modified = now };

    private User Next(User user) => Next(user, time.GetUtcNow());

    private async Task<UserPage> ScanAsync(Caller caller, ScimFilter? filter, int startIndex, int count, CancellationToken cancellationToken)
    {
        var page = new List<User>();
        long total = 0;
        string? after = null;
        while (await users.ListUsersAsync(after, 500, cancellationToken) is { Count: > 0 } batch)
        {
            foreach (var user in batch.Where(x => caller.Sees(x.ServiceProviders) && filter?.Matches(x.Attributes) != false))
                if (++total >= startIndex && page.Count < count)
                    page.Add(user);
            after = batch[^1].Id;
        }

        return new UserPage(page, total);
    }
}
