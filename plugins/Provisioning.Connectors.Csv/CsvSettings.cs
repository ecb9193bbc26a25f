using System.ComponentModel.DataAnnotations;

namespace Provisioning.Connectors.Csv;

/// <summary>The settings of the <c>csv</c> connector.</summary>
public sealed class CsvSettings
{
    /// <summary>The file, relative to the base directory. Created with the first account.</summary>
    [Required]
    public string Path { get; init; } = "";

    /// <summary>The one character between fields.</summary>
    [Required]
    [RegularExpression("^[^\"\r\n]$")]
    public string Delimiter { get; init; } = ",";

    /// <summary>The columns in a fixed order. When empty, columns are added in the order of their first use.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Whether values that a spreadsheet would run as a formula are written with a leading apostrophe.</summary>
    public bool EscapeFormulas { get; init; } = true;
}
