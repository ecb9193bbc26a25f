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

    [Description("own: what it says about people counts for its own bindings. trusted: it counts for the bindings of everybody, as a personnel system's does. Default own.")]
    public AuthorityKind Authority { get; init; }

    [Description("Of a trusted one: where two disagree, the one with the lower number is right. Default 100; the host itself has 0.")]
    public int Precedence { get; init; } = 100;

    [Description("When somebody whom it names for the first time is a person whom the host knows already. userName: when the person has the user name. verified: when a trusted service provider says that the person has the e-mail address or the employee number. none: never. Default userName.")]
    public MatchRule Match { get; init; }

    [Range(1, 1_000_000), Description("So many requests a second are answered; further ones get 429 and come again. Absent for any number.")]
    public int? RequestsPerSecond { get; init; }

    [Description("Which identity providers its users are provisioned to.")]
    public IReadOnlyList<Binding> OutboundProvisioning { get; init; } = [];

    /// <summary>The binding that leads to an identity provider; null if none does.</summary>
    public Binding? BindingTo(string identityProvider) => OutboundProvisioning.FirstOrDefault(x => x.IdentityProvider == identityProvider);
}
