using System.Text.Json.Nodes;

namespace Provisioning.Http;

/// <summary>A token that a token endpoint gave.</summary>
/// <param name="Value">The token. A secret: never printed.</param>
/// <param name="Lifetime">How long it is good for, or null when the endpoint did not say.</param>
/// <param name="Answer">The whole answer, for what some endpoints add (an instance address for example).</param>
public sealed record AccessToken(string Value, TimeSpan? Lifetime, JsonObject Answer)
{
    /// <inheritdoc />
    public override string ToString() => "***";
}
