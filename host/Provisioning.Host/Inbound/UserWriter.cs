using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Deciding;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Users;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>Stage 1 for users, shared by SCIM, sign-ins and import: a service provider writes its own registration of a person, and nothing else.</summary>
internal sealed class UserWriter(IUserStore users, ProvisioningPipeline pipeline, IConfigurationSource configuration, TimeProvider time)
{
    /// <summary>What a request says of a user, with null where it asks to remove something; by the schemas of the configuration in force.</summary>
    /// <inheritdoc cref="ScimUser.Read" />
    public JsonObject Read(JsonObject body) => ScimUser.Read(body, configuration.Current.Extensions);

    /// <summary>The attributes of a request for a new user.</summary>
    /// <inheritdoc cref="ScimUser.Read" />
    public JsonObject Writable(JsonObject body) => ScimUser.Writable(body, configuration.Current.Extensions);

    /// <exception cref="DuplicateNameException">The service provider has a user of this name.</exception>
    public Task<SubmissionResult> InsertAsync(JsonObject attributes, ServiceProvider provider, Secret? password, CancellationToken cancellationToken) =>
        Overlap.WriteAsync(
            () => InsertOnceAsync(attributes, new Occasion(Trigger.Inbound, provider) { Password = password }, cancellationToken),

            // The name was somebody's when the row was to be written, and nobody's a moment later: that user was deleted in between.
            x => x is VersionConflictException, cancellationToken);

    /// <summary>Creates or updates by user name, as <see cref="UserMerge"/> says; an unchanged user is not written again.</summary>
    public Task<UpsertResult> UpsertAsync(JsonObject attributes, Occasion occasion, CancellationToken cancellationToken) =>
        Overlap.WriteAsync(
            () => UpsertOnceAsync(attributes, occasion, cancellationToken), x => x is DuplicateNameException or VersionConflictException, cancellationToken);

    /// <summary>The same for a row of a file.</summary>
    public async Task<WriteEffect> ImportAsync(JsonObject attributes, Occasion occasion, CancellationToken cancellationToken) =>
        (await UpsertAsync(attributes, occasion, cancellationToken)).Effect;

    /// <summary>What importing a user would come to. Nothing is written.</summary>
    /// <exception cref="ScimException">The user would be refused.</exception>
    public async Task<WriteEffect> PreviewAsync(JsonObject attributes, ServiceProvider provider, CancellationToken cancellationToken)
    {
        if (provider.Authority == AuthorityKind.Trusted)
            attributes = UserMerge.CloseLists(attributes);
        var now = time.GetUtcNow();
        if (await users.FindRegisteredAsync(provider.Name, attributes["userName"]!.ToString(), cancellationToken) is not { } user)
        {
            AttributeSize.Check(RegistrationWrite.New(UserMerge.WithoutNull(attributes), provider, Trigger.Import, now), before: null);
            return WriteEffect.Added;
        }

        var own = user.RegistrationAt(provider.Name)!;
        var merged = UserMerge.Merge(own.Attributes, Sayable(attributes, own, Trigger.Import));
        AttributeSize.Check(own with { Attributes = merged }, own);
        return own.Origin == RegistrationWrite.OriginOf(Trigger.Import, own.Origin) && JsonNode.DeepEquals(merged, own.Attributes) ? WriteEffect.Unchanged : WriteEffect.Changed;
    }

    /// <summary>Ends the registration of a service provider whose file does not name the user any more.</summary>
    public Task EndAsync(string id, Caller caller, CancellationToken cancellationToken) => Overlap.WriteAsync(
        async () =>
        {
            if (await users.FindUserAsync(id, cancellationToken) is not { } user || user.RegistrationAt(caller.Name) is null)
                return false;
            var occasion = new Occasion(Trigger.Import, caller.ServiceProvider);
            if (RegistrationWrite.IsLast(user, caller.Name))
                await pipeline.SubmitAsync(user with { EndedBy = caller.Name }, WriteKind.Delete, occasion, cancellationToken);
            else
                await pipeline.SubmitAsync(
                    RegistrationWrite.Ended(user, caller.ServiceProvider, configuration.Current, time.GetUtcNow()), WriteKind.Update, occasion, cancellationToken);
            return true;
        },
        x => x is VersionConflictException, cancellationToken);

    /// <summary>Replaces what the caller said about a user, or changes it by a patch.</summary>
    /// <param name="id">The user.</param>
    /// <param name="body">The request.</param>
    /// <param name="patch">It is a patch.</param>
    /// <param name="caller">The service provider.</param>
    /// <param name="expected">The versions that the caller insists on; null for any.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Null if a patch changes nothing.</returns>
    public Task<SubmissionResult?> WriteAsync(
        string id, JsonObject body, bool patch, Caller caller, string? expected, CancellationToken cancellationToken) => Preconditions.WriteAsync(
        async () =>
        {
            var user = await FindAsync(id, caller, cancellationToken);
            Preconditions.Check(expected, user.Version);
            var own = user.User.RegistrationAt(caller.Name);
            var wanted = patch ? Patched(user, own, body, cancellationToken) : ScimUser.Writable(body, configuration.Current.Extensions, own?.Attributes);

            // A request without 'active' leaves the user active or inactive as before: a partial PUT must not bring a leaver back.
            if (wanted["active"] is null && own?.Attributes["active"] is { } active)
                wanted["active"] = active.DeepClone();
            return patch && JsonNode.DeepEquals(wanted, own?.Attributes ?? [])
                ? null
                : await WriteAsync(user.User, own, wanted, new Occasion(Trigger.Inbound, caller.ServiceProvider), cancellationToken);
        },
        cancellationToken);

    /// <summary>Ends the registration of the caller; the user goes with the last one, or when the host itself says so.</summary>
    public Task<SubmissionResult> DeleteAsync(string id, Caller caller, string? expected, CancellationToken cancellationToken) => Preconditions.WriteAsync(
        async () =>
        {
            var user = await FindAsync(id, caller, cancellationToken);
            Preconditions.Check(expected, user.Version);
            return await DeleteAsync(user.User, caller, cancellationToken);
        },
        cancellationToken);

    /// <exception cref="ScimException">404 also for users whom the caller must not see.</exception>
    public async Task<SeenUser> FindAsync(string id, Caller caller, CancellationToken cancellationToken) =>
        await users.FindUserAsync(id, cancellationToken) is { } user && caller.See(user) is { } seen
            ? seen
            : throw new ScimException(404, null, $"there is no user '{id}'");

    public async Task<IReadOnlyList<GroupReference>> GroupsOfAsync(string userId, Caller caller, CancellationToken cancellationToken) =>
        [.. (await users.GroupsOfAsync(userId, cancellationToken)).Where(caller.Sees)];

    public Task<ILookup<string, GroupReference>> GroupsOfAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken) =>
        users.GroupsOfAsync(userIds, cancellationToken);

    // A patch changes what the caller itself said. A trusted one may say something of somebody whom it never named, and need not name the user for that.
    private JsonObject Patched(SeenUser user, Registration? own, JsonObject body, CancellationToken cancellationToken)
    {
        var isNamed = own?.UserName.Length > 0;
        var resource = own?.Attributes.DeepClone().AsObject() ?? [];
        resource["id"] = user.Id;
        if (!isNamed)
            resource["userName"] = user.Attributes["userName"]?.DeepClone();
        var wanted = ScimUser.Writable(ScimPatch.Apply(resource, body, cancellationToken), configuration.Current.Extensions, own?.Attributes);
        if (!isNamed && JsonNode.DeepEquals(wanted["userName"], user.Attributes["userName"]))
            wanted.Remove("userName");
        return wanted;
    }

    private Task<SubmissionResult> DeleteAsync(User user, Caller caller, CancellationToken cancellationToken)
    {
        var occasion = new Occasion(Trigger.Inbound, caller.ServiceProvider);
        if (caller.IsResident)
            return pipeline.SubmitAsync(user, WriteKind.Delete, occasion, cancellationToken);
        if (user.RegistrationAt(caller.Name) is not { IsLeaver: false })
            throw new ScimException(404, null, $"'{caller.Name}' has said nothing about user '{user.Id}' that it could take back");
        if (RegistrationWrite.IsLast(user, caller.Name))
            return pipeline.SubmitAsync(user with { EndedBy = caller.Name }, WriteKind.Delete, occasion, cancellationToken);
        var next = RegistrationWrite.Ended(user, caller.ServiceProvider, configuration.Current, time.GetUtcNow());
        return pipeline.SubmitAsync(next, WriteKind.Update, occasion, cancellationToken);
    }

    private async Task<UpsertResult> UpsertOnceAsync(JsonObject attributes, Occasion occasion, CancellationToken cancellationToken)
    {
        var (trigger, provider) = (occasion.Trigger, occasion.ServiceProvider!);
        if (provider.Authority == AuthorityKind.Trusted)
            attributes = UserMerge.CloseLists(attributes);
        if (await users.FindRegisteredAsync(provider.Name, attributes["userName"]!.ToString(), cancellationToken) is not { } user)
            return new(await InsertOnceAsync(UserMerge.WithoutNull(attributes), occasion, cancellationToken), WriteEffect.Added);
        var own = user.RegistrationAt(provider.Name)!;
        var merged = UserMerge.Merge(own.Attributes, Sayable(attributes, own, trigger));
        if (own.Origin != RegistrationWrite.OriginOf(trigger, own.Origin) || !JsonNode.DeepEquals(merged, own.Attributes))
            return new(await WriteAsync(user, own, merged, occasion, cancellationToken), WriteEffect.Changed);

        // Whoever signs in wants an answer. A file that says the same again changes nothing, and is long.
        return trigger == Trigger.Import
            ? new(new SubmissionResult(user, []), WriteEffect.Unchanged)
            : new(await pipeline.DecideAsync(user, occasion, cancellationToken), WriteEffect.Unchanged);
    }

    // Nearly everybody who comes for the first time is new, so that is tried first.
    private async Task<SubmissionResult> InsertOnceAsync(JsonObject attributes, Occasion occasion, CancellationToken cancellationToken)
    {
        var (trigger, provider) = (occasion.Trigger, occasion.ServiceProvider!);
        var user = RegistrationWrite.NewUser(attributes, provider, trigger, configuration.Current, time.GetUtcNow());
        AttributeSize.Check(user.Registrations[0], before: null);
        if (provider is { Match: MatchRule.Verified, Authority: AuthorityKind.Own } && await VerifiedAsync(user.Registrations[0], cancellationToken) is { } confirmed)
            return await WriteAsync(confirmed, null, attributes, occasion, cancellationToken);
        try
        {
            return await pipeline.SubmitAsync(user, WriteKind.Insert, occasion, cancellationToken);
        }
        catch (DuplicateNameException)
        {
            if (await users.FindRegisteredAsync(provider.Name, user.UserName, cancellationToken) is not null)
                throw;
        }

        // Who is known apart from others has nobody to meet: the one of the name was deleted a moment ago.
        var person = (user.IsMatched ? await users.FindMatchedAsync(user.UserName, cancellationToken) : null) ?? throw new VersionConflictException(user.Id);

        // The service provider has that person already, under another name: this is somebody else. So is the person of a service provider whose people are
        // apart since its configuration says so.
        var known = person.RegistrationAt(provider.Name);
        if (known is { UserName.Length: > 0 } || !Authority.Named(person, configuration.Current).IsMatched)
            return await pipeline.SubmitAsync(user with { IsMatched = false }, WriteKind.Insert, occasion, cancellationToken);
        var said = known is null or { IsLeaver: true } ? attributes : UserMerge.Merge(known.Attributes, attributes);
        return await WriteAsync(person, known, said, occasion, cancellationToken);
    }

    // The one person of whom a trusted service provider says the same address or number. Of two nobody can be sure.
    private async Task<User?> VerifiedAsync(Registration registration, CancellationToken cancellationToken)
    {
        User? found = null;
        foreach (var value in registration.Confirmed())
            foreach (var trusted in configuration.Current.Trusted)
                foreach (var person in await users.ListByValueAsync(trusted.Name, value, cancellationToken))
                {
                    // The index may still have an address that the registration has lost since.
                    if (person.RegistrationAt(trusted.Name)?.Confirmed().Contains(value) != true)
                        continue;
                    if (found is not null && found.Id != person.Id)
                        return null;
                    found = person;
                }

        return found?.RegistrationAt(registration.ServiceProvider) is null ? found : null;
    }

    private async Task<SubmissionResult> WriteAsync(
        User user, Registration? own, JsonObject attributes, Occasion occasion, CancellationToken cancellationToken)
    {
        var (trigger, provider) = (occasion.Trigger, occasion.ServiceProvider!);
        var now = time.GetUtcNow();
        var registration = own is null
            ? RegistrationWrite.New(attributes, provider, trigger, now)
            : own with { Attributes = attributes, Origin = RegistrationWrite.OriginOf(trigger, own.Origin), Version = own.Version + 1, Modified = now, Confirms = provider.Authority == AuthorityKind.Trusted };
        AttributeSize.Check(registration, own);
        var next = RegistrationWrite.Changed(user, registration, configuration.Current, now);
        if (own is not null && provider.Authority == AuthorityKind.Trusted)
            next = await FollowAsync(next, own.UserName, registration, now, cancellationToken);
        return await pipeline.SubmitAsync(next, WriteKind.Update, occasion, cancellationToken);
    }

    // Who keeps the old name would take the next person of that name for this one.
    private async Task<User> FollowAsync(User user, string before, Registration by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var follower in RegistrationWrite.Followers(user, before, by.UserName, by.ServiceProvider))
            if (await users.FindRegisteredAsync(follower.ServiceProvider, by.UserName, cancellationToken) is null)
                user = user.With(RegistrationWrite.Renamed(follower, by.UserName, now));
        return user;
    }

    // A sign-in neither enables nor disables a user whom it knows, and people type their names in any case: it renames nobody. Whether a user is active cannot
    // be taken away.
    private static JsonObject Sayable(JsonObject given, Registration own, Trigger trigger)
    {
        if (trigger != Trigger.SignIn && given["active"] is not null)
            return given;
        var sayable = given.DeepClone().AsObject();
        sayable.Remove("active");
        if (trigger == Trigger.SignIn)
            sayable["userName"] = own.UserName;
        return sayable;
    }
}
