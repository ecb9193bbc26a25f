namespace Provisioning.Http;

/// <summary>One request, with what decides about the meaning of its failure.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">Relative to the target's base address, query included.</param>
/// <param name="Body">The content, if any.</param>
public sealed record HttpCall(HttpMethod Method, string Path, HttpBody? Body = null)
{
    /// <summary>True when the path names one object, so that 404 means it is gone.</summary>
    public bool IsItem { get; init; }

    /// <summary>True when a lost answer leaves open whether an object was created.</summary>
    public bool Creates { get; init; }

    /// <summary>A secret in the content, which no message may repeat.</summary>
    public string? Secret { get; init; }

    /// <summary>Media types to accept; JSON when empty.</summary>
    public IReadOnlyList<string> Accept { get; init; } = [];

    /// <summary>Further headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
