namespace Provisioning.Xacml;

/// <summary>What a comparison asks for.</summary>
/// <param name="Less">Its answer when the first value is less than the second.</param>
/// <param name="Equal">Its answer when they are equal.</param>
/// <param name="Greater">Its answer when the first value is greater.</param>
internal sealed record ComparisonTest(bool Less, bool Equal, bool Greater)
{
    /// <summary>The same question with the values exchanged.</summary>
    public ComparisonTest Mirrored => new(Greater, Equal, Less);

    /// <summary>The comparison that the name of a function ends with; null if it is none.</summary>
    public static ComparisonTest? Of(string name) => name switch
    {
        "equal" => new(false, true, false),
        "less-than" => new(true, false, false),
        "less-than-or-equal" => new(true, true, false),
        "greater-than" => new(false, false, true),
        "greater-than-or-equal" => new(false, true, true),
        _ => null,
    };

    /// <param name="order">Below zero if the first value is less, above if it is greater.</param>
    public bool Holds(int order) => order < 0 ? Less : order == 0 ? Equal : Greater;
}
