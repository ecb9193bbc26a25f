namespace Provisioning.Xacml;

/// <summary>The names that the JSON profile has for categories (JSON profile 1.1, section 4.2.2.1).</summary>
internal static class JsonCategories
{
    private const string Subject = "urn:oasis:names:tc:xacml:1.0:subject-category:";
    private const string Category = "urn:oasis:names:tc:xacml:3.0:attribute-category:";

    private static readonly Utf8Names<string> ByName = new(new Dictionary<string, string>
    {
        ["AccessSubject"] = Subject + "access-subject",
        ["RecipientSubject"] = Subject + "recipient-subject",
        ["IntermediarySubject"] = Subject + "intermediary-subject",
        ["Codebase"] = Subject + "codebase",
        ["RequestingMachine"] = Subject + "requesting-machine",
        ["Resource"] = Category + "resource",
        ["Action"] = Category + "action",
        ["Environment"] = Category + "environment",
    });

    /// <summary>The category with a short name; null if it is none.</summary>
    public static string? Find(ReadOnlySpan<byte> shortName) => ByName.Find(shortName);
}
