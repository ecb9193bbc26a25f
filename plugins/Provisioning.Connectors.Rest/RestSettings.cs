using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Provisioning.Http;

namespace Provisioning.Connectors.Rest;

/// <summary>The settings of an API over HTTP, described operation by operation.</summary>
public sealed class RestSettings
{
    [Required]
    [Description("The address that every path is relative to, for example https://target.example/api/v1.")]
    public string BaseUrl { get; set; } = "";

    [Description("How the host proves who it is.")]
    public AuthenticationSettings Authentication { get; set; } = new();

    [Description("How the connection is made.")]
    public ConnectionSettings Connection { get; set; } = new();

    [Description("How long one request may take.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    [Description("Headers of every request; values may be templates.")]
    public IReadOnlyDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>();

    [Description("What answers mean, where HTTP's own meaning is not the API's. The first rule that fits counts; those of an operation come first.")]
    public IReadOnlyList<RestAnswerRule> Answers { get; set; } = [];

    [Description("Where an error's text is in an answer.")]
    public string? MessagePath { get; set; }

    [Description("Whether the API refuses a second account with the same name, so that creating need not search first.")]
    public bool NamesAreUnique { get; set; } = true;

    [Description("The value of $limit.")]
    [Range(1, 10_000)]
    public int PageSize { get; set; } = 100;

    [Description("A request that succeeds when the settings are right. Without it the first page of accounts is read.")]
    public RestOperation? Test { get; set; }

    [Description("The operations on accounts.")]
    public RestUserSettings Users { get; set; } = new();

    [Description("The operations on groups. Without them the connector has no groups.")]
    public RestGroupSettings Groups { get; set; } = new();
}
