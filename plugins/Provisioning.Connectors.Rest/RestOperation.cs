using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Rest;

/// <summary>One request and how to read its answer. Text in double braces is a template.</summary>
public sealed class RestOperation
{
    [Description("GET, POST, PUT, PATCH, DELETE ...")]
    [RegularExpression("^[A-Z]+$")]
    public string Method { get; set; } = "GET";

    [Required]
    [Description("Relative to the base address, query included. What templates put in is escaped.")]
    public string Path { get; set; } = "";

    [Description("Further headers; values may be templates.")]
    public IReadOnlyDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>();

    [Description("The content. A property whose template has no value is left out; one called '...' is replaced by the properties of its value.")]
    public JsonObject? Body { get; set; }

    [Description("The media type of the content. With application/x-www-form-urlencoded the properties are the fields.")]
    public string ContentType { get; set; } = "application/json";

    [Description("The statuses of success; every 2xx if none is written.")]
    public IReadOnlyList<int> Success { get; set; } = [];

    [Description("What answers to this operation mean.")]
    public IReadOnlyList<RestAnswerRule> Answers { get; set; } = [];

    [Description("Where the object, or the array of objects, is in the answer; the whole answer if not written.")]
    public string? Items { get; set; }

    [Description("Where the id of a created object is, when not where 'object.id' says: a path, or 'header:Location' for its last segment.")]
    public string? IdFrom { get; set; }

    [Description("Where the value of $cursor for the next page is.")]
    public string? NextCursor { get; set; }

    [Description("Where the address of the next page is: a path, or 'header:Link' for the link with rel=next.")]
    public string? NextLink { get; set; }

    [Description("The number of the first page, the first value of $page.")]
    public int FirstPage { get; set; } = 1;
}
