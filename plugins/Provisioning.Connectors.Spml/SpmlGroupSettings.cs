using System.ComponentModel;

namespace Provisioning.Connectors.Spml;

/// <summary>What groups are at the target, and how they name their members. One of the two ways must be set.</summary>
public sealed class SpmlGroupSettings : SpmlObjectSettings
{
    [Description("The attribute that holds the psoIDs of the members.")]
    public string? MemberAttribute { get; set; }

    [Description("The typeOfReference from a group to a member, for targets with the reference capability.")]
    public string? MemberReference { get; set; }
}
