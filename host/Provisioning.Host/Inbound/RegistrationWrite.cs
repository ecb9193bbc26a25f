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
        new(provider.Name, attributes, OriginOf(trigger, RegistrationOrigin.SignedIn), 1, now, now) { Confirms = provider.Authority == AuthorityKind.Trusted };

    /// <summary>The next version of a user, with what a service provider says of the user now.</summary>
    public static User Changed(User user, Registration registration, ProvisioningConfiguration configuration, DateTimeOffset now) =>
        Authority.Named(user.With(registration) with { Version = user.Version + 1, Modified = now }, configuration);

    /// <summary>The next version of a user whom a service provider does not know any more. Of a leaver whom others know a trusted one leaves that the user is not active.</summary>
    public static User Ended(User user, ServiceProvider provider, ProvisioningConfiguration configuration, DateTimeOffset now)
    {
        var next = user.Without(provider.Name);
        if (provider.Authority == AuthorityKind.Trusted && user.RegistrationAt(provider.Name) is { Active: false } own)
            next = next.With(own with { Attributes = new JsonObject { ["active"] = false }, Version = own.Version + 1, Modified = now });
        return Authority.Named(next with { Version = user.Version + 1, Modified = now }, configuration);
    }

    /// <summary>Nobody else knows the user: with this registration the user goes.</summary>
    public static bool IsLast(User user, string serviceProvider) => user.Registrations.All(x => x.ServiceProvider == serviceProvider || x.IsLeaver);

    /// <summary>Registering or importing somebody says more than a sign-in, and a later sign-in does not take that back. Whoever was in a file once is missing when the file
    /// does not name the user any more.</summary>
    public static RegistrationOrigin OriginOf(Trigger trigger, RegistrationOrigin before) => trigger switch
    {
        Trigger.SignIn => before,
        Trigger.Import => RegistrationOrigin.Imported,
        _ => before == RegistrationOrigin.Imported ? before : RegistrationOrigin.Registered,
    };

    /// <summary>Other service providers that knew the person by the name that a trusted one has changed know the person by the new one.</summary>
    public static IEnumerable<Registration> Followers(User user, string before, string after, string by) =>
        CanonicalText.KeyOf(before) == CanonicalText.KeyOf(after)
            ? []
            : user.Registrations.Where(x => x.ServiceProvider != by && x.UserName.Length > 0 && CanonicalText.KeyOf(x.UserName) == CanonicalText.KeyOf(before));

    public static Registration Renamed(Registration registration, string name, DateTimeOffset now)
    {
        var attributes = registration.Attributes.DeepClone().AsObject();
        attributes["userName"] = name;
        return registration with { Attributes = attributes, Version = registration.Version + 1, Modified = now };
    }
}
