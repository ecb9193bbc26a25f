namespace Provisioning.Xacml;

/// <summary>The names that the JSON profile has for categories (JSON profile 1.1, section 4.2.2.1).</summary>
internal static class JsonCategories
{
    private const string Subject = "urn:oasis:names:tc:xacml:1.0:subject-category:";
    private const string Category = "urn:oasis:names:tc:xacml:3.0:attribute-category:";

    private static readonly Dictionary<string, string> Names = new()
    {
        ["AccessSubject"] = Subject + "access-subject",
        ["RecipientSubject"] = Subject + "recipient-subject",
        ["IntermediarySubject"] = Subject + "intermediary-subject",
        ["Codebase"] = Subject + "codebase",
        ["RequestingMachine"] = Subject + "requesting-machine",
        ["Resource"] = Category + "resource",
        ["Action"] = Category + "action",
        ["Environment"] = Category + "environment",
    };

    private static readonly Utf8Names<string> ByName = new(Names);

    /// <summary>The categories that have a short name.</summary>
    public static IReadOnlyCollection<string> All => Names.Values;

    /// <summary>The category with a short name; null if it is none.</summary>
    public static string? Find(ReadOnlySpan<byte> shortName) => ByName.Find(shortName);
}
