namespace Provisioning.Xacml;

/// <summary>How much a request may ask of the one who answers it. What is over is refused as a syntax error.</summary>
public sealed record RequestLimits
{
    /// <summary>The limits that hold where none are given.</summary>
    public static RequestLimits Default { get; } = new();

    /// <summary>How long the text may be, in bytes or characters.</summary>
    public int Length { get; init; } = 10_000_000;

    /// <summary>How deep elements of content, or the objects and arrays of JSON, may be nested.</summary>
    public int Depth { get; init; } = 100;

    /// <summary>How many attribute values there may be.</summary>
    public int Values { get; init; } = 100_000;

    /// <summary>How many categories (Attributes elements) there may be.</summary>
    public int Categories { get; init; } = 1_000;

    /// <summary>How many individual decisions one request may ask for. All of them together may look at ten times <see cref="Values"/>.</summary>
    public int Decisions { get; init; } = 1_000;

    /// <summary>How often the policies may ask the decision point themselves, by access-permitted, for one decision.</summary>
    public int NestedDecisions { get; init; } = 100;

    /// <summary>How many nodes the XPaths of a request may visit, for all its decisions together.</summary>
    public long XPathSteps { get; init; } = 1_000_000;
}
