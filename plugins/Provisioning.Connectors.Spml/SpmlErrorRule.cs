using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Provisioning.Connectors.Spml;

/// <summary>Gives one of the target's own errors its meaning.</summary>
public sealed class SpmlErrorRule
{
    [Required]
    [Description("A regular expression that the error's text matches, upper and lower case alike.")]
    public string Pattern { get; set; } = "";

    [Description("How the host recovers.")]
    public FailureKind Kind { get; set; } = FailureKind.Rejected;
}
