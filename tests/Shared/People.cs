using System.Text.Json.Nodes;
using Provisioning.Core.Deciding;
using Provisioning.Core.Users;

namespace Provisioning.Testing;

/// <summary>Users whom one service provider knows.</summary>
internal static class People
{
    public const string Portal = "portal";

    public static User Known(
        string id, string name, JsonObject? attributes, DateTimeOffset now, long version = 1, string serviceProvider = Portal)
    {
        attributes ??= [];
        if (attributes["userName"] is null)
        {
            attributes = attributes.DeepClone().AsObject();
            attributes["userName"] = name;
        }

        return new(id, name, [new Registration(serviceProvider, attributes, RegistrationOrigin.Registered, version, now, now)], version, now, now);
    }

    /// <summary>The next version of a user.</summary>
    public static User Next(User user, long version) =>
        user.With(user.Registrations[0] with { Version = version }) with { Version = version };

    /// <summary>The same user with other attributes.</summary>
    public static User Saying(User user, JsonObject attributes)
    {
        var registration = user.Registrations[0];
        attributes["userName"] ??= registration.UserName;
        return user.With(registration with { Attributes = attributes });
    }

    /// <summary>The user as the only service provider that knows the user made the user.</summary>
    public static UserView Seen(User user) => new(user.Id, user.Registrations[0].Attributes, user.Registrations[0].Active);
}
