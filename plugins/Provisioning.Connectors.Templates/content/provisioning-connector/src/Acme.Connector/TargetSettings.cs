using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Acme.Connector;

/// <summary>The settings of an identity provider; the host checks them by these annotations. Credentials are of type <c>Secret</c>.</summary>
public sealed class TargetSettings
{
    [Required]
    [Description("The folder with one JSON file for each account, relative to the data folder of the host.")]
    public string Folder { get; init; } = "";
}
