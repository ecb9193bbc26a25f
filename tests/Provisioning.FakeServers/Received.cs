using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Provisioning.FakeServers;

/// <summary>A request as it arrived.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path, its segments not decoded.</param>
/// <param name="QueryString">The query with its question mark, or empty.</param>
/// <param name="Body">The content as text.</param>
/// <param name="ContentType">The media type with its parameters, or null.</param>
/// <param name="Headers">The headers by name.</param>
public sealed record Received(
    string Method, string Path, string QueryString, string Body, string? ContentType, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The decoded segments of the path.</summary>
    public string[] Segments => [.. Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];

    /// <summary>The bearer token, or null.</summary>
    public string? BearerToken =>
        Headers.TryGetValue("Authorization", out var value) && value.StartsWith("Bearer ", StringComparison.Ordinal) ? value[7..] : null;

    /// <summary>The content as a JSON object, or null when it is none.</summary>
    public JsonObject? Json => Body.Length == 0 ? null : JsonNode.Parse(Body) as JsonObject;

    /// <summary>A parameter of the query, decoded, or null.</summary>
    public string? Query(string name) => QueryHelpers.ParseQuery(QueryString).TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>A field of a form, decoded, or null.</summary>
    public string? Form(string name) => QueryHelpers.ParseQuery(Body).TryGetValue(name, out var value) ? value.ToString() : null;

    public override string ToString() => $"{Method} {Path}{QueryString}";
}
