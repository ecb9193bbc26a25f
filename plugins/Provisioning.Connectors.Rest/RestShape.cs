using System.ComponentModel;

namespace Provisioning.Connectors.Rest;

/// <summary>Where in an object of the API its parts are, as dotted paths.</summary>
public sealed class RestShape
{
    [Description("The id.")]
    public string Id { get; set; } = "id";

    [Description("The ownership marker.")]
    public string? Marker { get; set; }

    [Description("What says whether an account is enabled.")]
    public string? Enabled { get; set; }

    [Description("The value that means enabled.")]
    public string EnabledValue { get; set; } = "true";

    [Description("Attribute to path. Without any, the object's properties are the attributes.")]
    public IReadOnlyDictionary<string, string> Attributes { get; set; } = new Dictionary<string, string>();
}
