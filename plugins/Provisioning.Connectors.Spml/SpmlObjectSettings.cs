using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Provisioning.Connectors.Spml;

/// <summary>What users, or groups, are at the target.</summary>
public class SpmlObjectSettings
{
    [Required]
    [Description("The object class (dsml) or the element (xsd).")]
    public string Class { get; set; } = "";

    [Required]
    [Description("The attribute with the unique name.")]
    public string Name { get; set; } = "";

    [Description("The attribute that keeps the host's own id, so that an account is found again after a lost answer.")]
    public string? Marker { get; set; }

    [Description("The mapped attribute that is sent as the wanted psoID instead of as data.")]
    public string? Identifier { get; set; }

    [Description("The psoID of the container that new objects go to and searches start from.")]
    public string? Container { get; set; }

    [Description("The order of the elements in the xsd profile; others are refused. Empty: the order of the mapping.")]
    public IReadOnlyList<string> Elements { get; set; } = [];
}
