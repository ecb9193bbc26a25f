using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Provisioning.Core.Configuration;
using Provisioning.Core.Deciding;
using Provisioning.Core.Users;
using Provisioning.Host.Configuration;
using Provisioning.Host.Security;

namespace Provisioning.Host.Inbound;

/// <summary>The service provider behind a request, by its bearer token, and what it may see: its own users and groups; a trusted one everything.</summary>
internal sealed record Caller(ServiceProvider ServiceProvider, ProvisioningConfiguration Configuration)
{
    public string Name => ServiceProvider.Name;

    public bool IsResident => Name == ConfigurationLoader.Resident;

    /// <summary>The only service provider whose users and groups the caller sees; null when it sees everything.</summary>
    public string? Scope => ServiceProvider.Authority == AuthorityKind.Trusted ? null : Name;

    public bool Sees(GroupHead group) => Scope is null || group.ServiceProvider == Name;

    public bool Sees(GroupReference group) => Scope is null || group.ServiceProvider == Name;

    /// <summary>The user as the caller sees the user; null if it must not know of the user.</summary>
    public SeenUser? See(User user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var own = user.RegistrationAt(Name);
        if (Scope is not null)
            return own is null ? null : new SeenUser(user, own.Attributes, own.Active, own.Version, own.Created, own.Modified);
        var whole = Authority.Whole(user, Configuration);
        return new SeenUser(user, own is null ? whole.Attributes : WithNamesOf(own, whole.Attributes), whole.Active, user.Version, user.Created, user.Modified);
    }

    public static Caller Of(HttpContext context)
    {
        var authenticated = AuthenticatedCaller.Of(context);
        return new Caller(authenticated.ServiceProvider, authenticated.Configuration);
    }

    // A service provider finds its users by the names that it gave them, whoever else gave them others.
    private static JsonObject WithNamesOf(Registration own, JsonObject whole)
    {
        if (ReferenceEquals(own.Attributes, whole))
            return whole;
        var attributes = whole.DeepClone().AsObject();
        if (own.UserName.Length > 0)
            attributes["userName"] = own.UserName;
        if (own.ExternalId is { } externalId)
            attributes["externalId"] = externalId;
        else
            attributes.Remove("externalId");
        return attributes;
    }
}
