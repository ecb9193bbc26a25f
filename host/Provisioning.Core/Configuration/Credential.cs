using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Provisioning.Core.Configuration;

/// <summary>A way for a service provider to authenticate.</summary>
public sealed record Credential
{
    [Required, RegularExpression("^(env|file|generated):.+$")]
    [Description("Reference to the bearer token: env:NAME, file:PATH or generated:NAME. Only its hash is kept.")]
    public required string BearerToken { get; init; }
}
