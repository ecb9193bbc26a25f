using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Scim;

/// <summary>One request, with what decides about the meaning of its failure.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">Relative to the base address.</param>
/// <param name="Body">The content, if any.</param>
internal sealed record ScimRequest(HttpMethod Method, string Path, JsonObject? Body = null)
{
    /// <summary>True when the path names one object, so that 404 means it is gone.</summary>
    public bool IsItem { get; init; }

    /// <summary>True when a lost answer leaves open whether an object was created.</summary>
    public bool Creates { get; init; }

    /// <summary>True for a search by filter, which some targets answer with 404 when nothing matches.</summary>
    public bool Searches { get; init; }

    /// <summary>The version that must still be current.</summary>
    public string? IfMatch { get; init; }

    /// <summary>A secret in the body, which no message may repeat.</summary>
    public string? Secret { get; init; }
}

/// <summary>A successful answer; the body is null when there was none or it is not JSON.</summary>
internal sealed record ScimResponse(int Status, JsonObject? Body, string? ETag);
