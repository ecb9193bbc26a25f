using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>One node of a filter.</summary>
internal abstract class FilterNode
{
    public abstract bool Test(JsonObject resource);
}

/// <summary>A conjunction or disjunction. Flat, so that long chains need no deep recursion.</summary>
internal sealed class GroupNode(bool all, IReadOnlyList<FilterNode> parts) : FilterNode
{
    public bool All => all;

    public IReadOnlyList<FilterNode> Parts => parts;

    public override bool Test(JsonObject resource) => all ? parts.All(p => p.Test(resource)) : parts.Any(p => p.Test(resource));
}

internal sealed class NotNode(FilterNode inner) : FilterNode
{
    public override bool Test(JsonObject resource) => !inner.Test(resource);
}

/// <summary>An attribute, or a value path such as <c>emails[type eq "work"]</c>, that must be there.</summary>
internal sealed class PresentNode(ScimPath path) : FilterNode
{
    public override bool Test(JsonObject resource) => path.Select(resource).Any(ScimAttributes.IsPresent);
}

internal sealed class ComparisonNode(ScimPath path, string @operator, JsonNode? literal) : FilterNode
{
    public ScimPath Path => path;

    public string Operator => @operator;

    public JsonNode? Literal => literal;

    public override bool Test(JsonObject resource)
    {
        if (literal is null)
        {
            var present = path.Select(resource).Any(ScimAttributes.IsPresent);
            return @operator == "eq" ? !present : present;
        }
        // "ne" is the exact opposite of "eq": an attribute that is absent, or of which no value is equal, differs.
        return @operator == "ne" ? !Any(resource, "eq") : Any(resource, @operator);
    }

    private bool Any(JsonObject resource, string op) =>
        path.Select(resource).Any(value => ScimComparison.Test(path, Comparable(value), op, literal!));

    // A complex attribute without a sub-attribute is compared by its "value" (RFC 7644, section 3.4.2.2: "emails co …").
    private static JsonNode? Comparable(JsonNode value) => value is JsonObject complex ? ScimAttributes.Find(complex, "value") : value;
}
