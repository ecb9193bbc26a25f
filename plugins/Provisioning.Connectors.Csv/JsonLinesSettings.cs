using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Provisioning.Connectors.Csv;

/// <summary>The settings of the <c>jsonl</c> connector.</summary>
public sealed class JsonLinesSettings
{
    /// <summary>The file, relative to the base directory. Created with the first account.</summary>
    [Required]
    [Description("The file, relative to the base directory. Created with the first account.")]
    public string Path { get; init; } = "";
}
