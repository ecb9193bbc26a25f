using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Provisioning.Core.Configuration;

/// <summary>"This service provider provisions to this identity provider."</summary>
public sealed record Binding
{
    [Required, Description("Name of an identity provider.")]
    public required string IdentityProvider { get; init; }

    [Description("The caller waits for the outcome. Default false.")]
    public bool Blocking { get; init; }

    [Description("A user who only ever signed in gets an account, too. Default false.")]
    public bool Jit { get; init; }

    [Description("Only if the policies permit. Default false.")]
    public bool Rules { get; init; }

    [Description("Of a blocking binding: refuse keeps people from signing in whom the policies or the provisioning roles refuse the account; allow lets them in without it. Default refuse.")]
    public WhenDenied WhenDenied { get; init; }

    [Description("How long a blocking caller waits, ISO 8601. Default PT30S.")]
    public TimeSpan BlockingTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
