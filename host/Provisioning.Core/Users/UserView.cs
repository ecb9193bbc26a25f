using System.Text.Json.Nodes;

namespace Provisioning.Core.Users;

/// <summary>A user as what counts for one purpose makes the user: the registrations that have a say in it, put together.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Attributes">Never mutated.</param>
/// <param name="Active">False if a registration that has a say says so.</param>
public sealed record UserView(string Id, JsonObject Attributes, bool Active)
{
    public string UserName => Attributes["userName"]?.ToString() ?? "";
}
