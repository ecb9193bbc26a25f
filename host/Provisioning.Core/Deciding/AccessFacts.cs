using Provisioning.Core.Configuration;
using Provisioning.Core.Users;

namespace Provisioning.Core.Deciding;

/// <summary>All that a policy can ask about.</summary>
/// <param name="User">As the binding is decided.</param>
/// <param name="Groups">Display names of the user's groups that count for the binding.</param>
/// <param name="Operation"><c>create</c>, <c>update</c> or <c>delete</c>, as seen by our user store.</param>
public sealed record AccessFacts(
    UserView User,
    IReadOnlyList<string> Groups,
    ServiceProvider ServiceProvider,
    IdentityProvider IdentityProvider,
    string Operation)
{
    /// <summary>Values of SCIM's <c>roles</c>.</summary>
    public IReadOnlyList<string> Roles { get; } = UserRoles.Of(User.Attributes);
}
