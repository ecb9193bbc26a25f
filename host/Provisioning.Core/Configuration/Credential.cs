using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Provisioning.Core.Configuration;

/// <summary>A way for a service provider to authenticate.</summary>
public sealed record Credential
{
    [Required, RegularExpression(SecretReference.Pattern)]
    [Description($"Reference to the bearer token: {SecretReference.Forms}. Only its hash is kept.")]
    public required string BearerToken { get; init; }
}
