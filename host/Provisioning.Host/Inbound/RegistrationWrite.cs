using System.Text.Json.Nodes;
using Provisioning.Core.Configuration;
using Provisioning.Core.Deciding;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Users;

namespace Provisioning.Host.Inbound;

/// <summary>How a write of a service provider changes a user: its own registration, and the name of the person where that counts.</summary>
internal static class RegistrationWrite
{
    public static User NewUser(JsonObject attributes, ServiceProvider provider, Trigger trigger, ProvisioningConfiguration configuration, DateTimeOffset now)
    {
        var registration = New(attributes, provider, trigger, now);
        return Authority.Named(new User(Guid.CreateVersion7(now).ToString(), registration.UserName, [registration], 1, now, now), configuration);
    }

    public static Registration New(JsonObject attributes, ServiceProvider provider, Trigger trigger, DateTimeOffset now) =>
        new(provider.Name, attributes, OriginOf(trigger, RegistrationOrigin.SignedIn), 1, now, now);

    /// <summary>The next version of a user, with what a service provider says of the user now.</summary>
    public static User Changed(User user, Registration registration, ProvisioningConfiguration configuration, DateTimeOffset now) =>
        Authority.Named(user.With(registration) with { Version = user.Version + 1, Modified = now }, configuration);

    /// <summary>The next version of a user whom a service provider does not know any more.</summary>
    public static User Ended(User user, ServiceProvider provider, ProvisioningConfiguration configuration, DateTimeOffset now) =>
        Authority.Named(user.Without(provider.Name) with { Version = user.Version + 1, Modified = now }, configuration);

    /// <summary>What a service provider has to say so that it sees the user as it wants: of what others say it takes over nothing.</summary>
    /// <param name="seen">The user as the service provider sees the user.</param>
    /// <param name="own">What it said until now; null if nothing.</param>
    /// <param name="wanted">What it wants to see.</param>
    public static JsonObject Own(JsonObject seen, JsonObject? own, JsonObject wanted)
    {
        if (ReferenceEquals(seen, own))
            return wanted;
        var said = new JsonObject { ["userName"] = wanted["userName"]?.DeepClone() };
        foreach (var (name, value) in wanted)
        {
            var kept = seen.TryGetPropertyValue(name, out var before) && JsonNode.DeepEquals(before, value) ? own?[name] : value;
            if (kept is not null)
                said[name] = kept.DeepClone();
        }

        return said;
    }

    /// <summary>Registering or importing somebody says more than a sign-in, and a later sign-in does not take that back.</summary>
    public static RegistrationOrigin OriginOf(Trigger trigger, RegistrationOrigin before) => trigger switch
    {
        Trigger.SignIn => before,
        Trigger.Import => before == RegistrationOrigin.Registered ? before : RegistrationOrigin.Imported,
        _ => RegistrationOrigin.Registered,
    };

    /// <summary>Other service providers that knew the person by the name that a trusted one has changed know the person by the new one.</summary>
    public static IEnumerable<Registration> Followers(User user, string before, string after, string by) =>
        CanonicalText.KeyOf(before) == CanonicalText.KeyOf(after)
            ? []
            : user.Registrations.Where(x => x.ServiceProvider != by && CanonicalText.KeyOf(x.UserName) == CanonicalText.KeyOf(before));

    public static Registration Renamed(Registration registration, string name, DateTimeOffset now)
    {
        var attributes = registration.Attributes.DeepClone().AsObject();
        attributes["userName"] = name;
        return registration with { Attributes = attributes, Version = registration.Version + 1, Modified = now };
    }
}
