using System.ComponentModel;

namespace Provisioning.Connectors.Rest;

/// <summary>What an answer means. All that is written must fit.</summary>
public sealed class RestAnswerRule
{
    [Description("The HTTP status.")]
    public int? Status { get; set; }

    [Description("Where in the answer to look; the whole text if not written.")]
    public string? Path { get; set; }

    [Description("The text that must be there.")]
    public string? Equal { get; set; }

    [Description("The text that what is there must contain.")]
    public string? Contains { get; set; }

    [Description("What it means.")]
    public RestMeaning Meaning { get; set; }
}
