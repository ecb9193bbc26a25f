using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Provisioning.Core.Configuration;

/// <summary>Attributes that users have beyond the standard ones: a schema extension as RFC 7643 describes one (section 7).</summary>
public sealed record ExtensionSchema
{
    [Required, RegularExpression("^urn:[A-Za-z0-9._:-]+:[0-9]+[.][0-9]+:[A-Za-z][A-Za-z0-9_-]*$"), Description("The URN of the extension; it ends with a version and a name, as in urn:example:params:scim:schemas:extension:badge:2.0:User.")]
    public required string Id { get; init; }

    [Description("The name, for people.")]
    public string Name { get; init; } = "";

    [Description("What the extension is for, for people.")]
    public string Description { get; init; } = "";

    [Required, MinLength(1), Description("The attributes.")]
    public required IReadOnlyList<ExtensionAttribute> Attributes { get; init; }
}
