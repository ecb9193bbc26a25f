namespace Provisioning.Connectors;

/// <summary>One attribute that a target knows.</summary>
/// <param name="Name">The name as a mapping writes it.</param>
/// <param name="Type">The kind of its values.</param>
public sealed record SchemaAttribute(string Name, SchemaType Type)
{
    /// <summary>Whether an object cannot be created without it.</summary>
    public bool Required { get; init; }

    /// <summary>Whether it takes an array.</summary>
    public bool MultiValued { get; init; }

    /// <summary>Whether only the target writes it.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>The target's own words about it, or null.</summary>
    public string? Description { get; init; }
}
