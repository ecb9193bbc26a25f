namespace Provisioning.Xacml;

/// <summary>Finds where a call compares attributes with texts.</summary>
internal static class ComparisonReader
{
    private const string IgnoringCase = "string-equal-ignore-case";

    private static readonly string[] Functions =
        ["string-equal", IgnoringCase, "string-is-in", "string-at-least-one-member-of", "string-subset", "string-set-equals"];

    /// <param name="scope">The policy.</param>
    /// <param name="where">The call.</param>
    /// <param name="function">The identifier of what compares.</param>
    /// <param name="arguments">What it compares.</param>
    public static void Note(PolicyScope scope, Element where, string function, IEnumerable<Element> arguments)
    {
        if (!Functions.Contains(ShortName(function))) return;
        var parts = arguments.SelectMany(Parts).ToList();
        foreach (var designator in parts.Where(part => part.Name == "AttributeDesignator" && part.Attribute("DataType") == DataType.String.Uri))
        {
            var slot = scope.Program.Slot(
                designator.Attribute("Category") ?? "", designator.Attribute("AttributeId") ?? "", DataType.String, designator.Attribute("Issuer"));
            foreach (var literal in parts.Where(part => part.Name == "AttributeValue"))
                scope.Program.Comparisons.TryAdd((slot, literal.Text), (scope.Place(where), ShortName(function) == IgnoringCase));
        }
    }

    // The only value of a bag, and the bag of several, stand for the values themselves.
    private static IEnumerable<Element> Parts(Element argument) =>
        argument.Name == "Apply" && ShortName(argument.Attribute("FunctionId") ?? "") is "string-one-and-only" or "string-bag" ? argument.Children : [argument];

    private static string ShortName(string function) => function[(function.LastIndexOf(':') + 1)..];
}
