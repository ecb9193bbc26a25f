namespace Provisioning.Xacml;

/// <summary>One document with a Policy or a PolicySet.</summary>
/// <param name="Name">What problems and traces call it; usually a path.</param>
/// <param name="Text">The XML.</param>
public sealed record PolicySource(string Name, string Text)
{
    /// <summary>Whether the document is there only to be referenced, and is never evaluated by itself. A document that another
    /// one references is never evaluated by itself either.</summary>
    public bool ReferenceOnly { get; init; }

    /// <summary>Reads a source from a file.</summary>
    public static PolicySource FromFile(string path, string? name = null) => new(name ?? path, File.ReadAllText(path));
}
