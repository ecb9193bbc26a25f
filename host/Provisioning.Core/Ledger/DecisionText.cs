using System.Text.Json.Nodes;

namespace Provisioning.Core.Ledger;

/// <summary>The decision of an assignment, as the JSON that is stored.</summary>
public static class DecisionText
{
    /// <summary>The revision of the policies in which it was first taken.</summary>
    public const string Revision = "policyRevision";

    /// <summary>True if both say the same, whatever the revisions are.</summary>
    public static bool IsSame(string? one, string? other)
    {
        if (one == other)
            return true;
        return one is not null && other is not null && JsonNode.DeepEquals(WithoutRevision(one), WithoutRevision(other));
    }

    private static JsonNode? WithoutRevision(string text)
    {
        var json = JsonNode.Parse(text);
        (json as JsonObject)?.Remove(Revision);
        return json;
    }
}
