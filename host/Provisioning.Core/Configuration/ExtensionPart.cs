using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Provisioning.Core.Configuration;

/// <summary>An attribute of an extension, or a part of a complex one.</summary>
public record ExtensionPart
{
    [Required, RegularExpression("^[A-Za-z][A-Za-z0-9_-]*$"), Description("The name; clients may write it in any case.")]
    public required string Name { get; init; }

    [RegularExpression("^(string|boolean|integer|decimal|dateTime|reference|binary|complex)$"),
     Description("string (default), boolean, integer, decimal, dateTime, reference, binary; of an attribute also complex.")]
    public string Type { get; init; } = "string";

    [Description("What it is, for people.")]
    public string Description { get; init; } = "";

    [Description("Users have several of it. Default false.")]
    public bool MultiValued { get; init; }
}
