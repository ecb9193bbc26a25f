using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Provisioning.Core.Configuration;

/// <summary>An application through which users register or sign in.</summary>
public sealed record ServiceProvider
{
    [Required, RegularExpression("^[a-z0-9][a-z0-9._-]{0,63}$"), Description("Unique name; lower-case letters, digits, dots, dashes.")]
    public required string Name { get; init; }

    public string? Description { get; init; }

    [Description("Any of them authenticates the service provider.")]
    public IReadOnlyList<Credential> Credentials { get; init; } = [];

    [Description("Which identity providers its users are provisioned to.")]
    public IReadOnlyList<Binding> OutboundProvisioning { get; init; } = [];
}
