using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>One node of a parsed filter.</summary>
internal abstract record FilterNode
{
    /// <summary>The number of comparisons.</summary>
    public virtual int Size => 1;

    public abstract bool Matches(JsonObject resource);

    /// <summary>Whether it looks at an attribute of the resource.</summary>
    public abstract bool Uses(string attribute);

    /// <summary>Equalities that every match satisfies: paths, and the texts that are there. An index may find by them what is worth a look.</summary>
    public virtual IEnumerable<(string Path, string Text)> Conditions() => [];

    /// <summary>Texts that every match has at least, where dates are compared as such.</summary>
    public virtual IEnumerable<(string Path, string Text)> LowerBounds() => [];

    /// <summary>Attributes and the texts that they must have. An element that differs in one of them cannot satisfy the filter.</summary>
    public virtual IEnumerable<(string Name, string Text)> Demanded() => [];
}

internal sealed record AndNode(FilterNode Left, FilterNode Right) : FilterNode
{
    public override int Size => Left.Size + Right.Size;

    public override IEnumerable<(string Path, string Text)> Conditions() => Left.Conditions().Concat(Right.Conditions());

    public override IEnumerable<(string Path, string Text)> LowerBounds() => Left.LowerBounds().Concat(Right.LowerBounds());

    public override IEnumerable<(string Name, string Text)> Demanded() => Left.Demanded().Concat(Right.Demanded());

    public override bool Uses(string attribute) => Left.Uses(attribute) || Right.Uses(attribute);

    public override bool Matches(JsonObject resource) => Left.Matches(resource) && Right.Matches(resource);
}

internal sealed record OrNode(FilterNode Left, FilterNode Right) : FilterNode
{
    public override int Size => Left.Size + Right.Size;

    public override bool Uses(string attribute) => Left.Uses(attribute) || Right.Uses(attribute);

    public override bool Matches(JsonObject resource) => Left.Matches(resource) || Right.Matches(resource);
}

internal sealed record NotNode(FilterNode Inner) : FilterNode
{
    public override int Size => Inner.Size;

    public override bool Uses(string attribute) => Inner.Uses(attribute);

    public override bool Matches(JsonObject resource) => !Inner.Matches(resource);
}

internal sealed record PresentNode(AttributePath Path) : FilterNode
{
    public override bool Uses(string attribute) => Path.IsOf(attribute);

    public override bool Matches(JsonObject resource) => Path.Values(resource).Any(static value => value switch
    {
        JsonObject complex => complex.Count > 0,
        _ => ScimAttributes.Text(value) is not "",
    });
}

/// <summary>A filter on the elements of a multi-valued attribute: one element must satisfy all of it.</summary>
internal sealed record ElementNode(AttributePath Path, FilterNode Inner) : FilterNode
{
    public override IEnumerable<(string Path, string Text)> Conditions() => Inner.Conditions().Select(x => ($"{Path.Text}.{x.Path}", x.Text));

    public override bool Uses(string attribute) => Path.IsOf(attribute);

    public override bool Matches(JsonObject resource) => Path.Values(resource).Any(value => MatchesElement(Inner, value));

    public static bool MatchesElement(FilterNode filter, JsonNode? element) => element switch
    {
        null => false,
        JsonObject complex => filter.Matches(complex),
        // Simple elements answer to the name "value".
        _ => filter.Matches(new JsonObject { ["value"] = element.DeepClone() }),
    };
}

internal enum CompareOperator
{
    Eq,
    Ne,
    Co,
    Sw,
    Ew,
    Gt,
    Ge,
    Lt,
    Le,
}

internal sealed record CompareNode(AttributePath Path, CompareOperator Operator, JsonValue? Literal, string? Parent) : FilterNode
{
    public override bool Uses(string attribute) => Path.IsOf(attribute);

    // RFC 7643 makes identifiers case-exact; all other strings of the core schemas ignore case.
    private StringComparison Comparison =>
        Is(Path.Sub ?? Path.Name, "id", "externalId", "$ref", "version")
        || (Is(Path.Sub ?? Path.Name, "value") && Is(Parent ?? Path.Name, "members", "groups", "manager"))
        || (Path.Sub is null && Is(Path.Name, "members", "groups", "manager"))
            ? StringComparison.Ordinal
            : StringComparison.OrdinalIgnoreCase;

    public override IEnumerable<(string Path, string Text)> Conditions() =>
        Operator == CompareOperator.Eq && ScimAttributes.Text(Literal) is { } text ? [(Path.Text, text)] : [];

    public override IEnumerable<(string Path, string Text)> LowerBounds() =>
        Operator is CompareOperator.Eq or CompareOperator.Gt or CompareOperator.Ge && ScimAttributes.Text(Literal) is { } text ? [(Path.Text, text)] : [];

    // A text that reads as a boolean is equal to the boolean too, so nothing can be said of the others.
    public override IEnumerable<(string Name, string Text)> Demanded() =>
        Operator == CompareOperator.Eq && Path is { Urn: null, Sub: null } && ScimAttributes.Text(Literal) is { } text && !bool.TryParse(text, out _)
            ? [(Path.Name, text)]
            : [];

    public override bool Matches(JsonObject resource)
    {
        var values = Path.Values(resource);
        if (Literal is null)
            return values.Any() == (Operator == CompareOperator.Ne);
        var any = false;
        foreach (var value in values)
        {
            any = true;
            // A complex attribute without a sub-attribute is compared by its "value".
            var scalar = value is JsonObject complex ? ScimAttributes.Find(complex, "value") : value;
            if (scalar is JsonValue simple && Holds(simple, Literal))
                return true;
        }

        return !any && Operator == CompareOperator.Ne;
    }

    private bool Holds(JsonValue value, JsonValue literal)
    {
        if (ScimAttributes.Text(literal) is { } wanted)
        {
            if (ScimAttributes.Text(value) is { } actual)
                return HoldsText(actual, wanted);
            // Some clients write booleans as strings.
            return bool.TryParse(wanted, out var flag) && IsBoolean(value, out var state)
                ? HoldsOrder(state.CompareTo(flag))
                : Operator == CompareOperator.Ne;
        }

        if (IsBoolean(literal, out var wantedFlag))
        {
            return IsBoolean(value, out var state) || bool.TryParse(ScimAttributes.Text(value), out state)
                ? HoldsOrder(state.CompareTo(wantedFlag))
                : Operator == CompareOperator.Ne;
        }

        return value.GetValueKind() == JsonValueKind.Number && TryNumber(value, out var left) && TryNumber(literal, out var right)
            ? HoldsOrder(left.CompareTo(right))
            : Operator == CompareOperator.Ne;
    }

    private bool HoldsText(string actual, string wanted) => Operator switch
    {
        CompareOperator.Co => actual.Contains(wanted, Comparison),
        CompareOperator.Sw => actual.StartsWith(wanted, Comparison),
        CompareOperator.Ew => actual.EndsWith(wanted, Comparison),
        CompareOperator.Eq => IsSame(actual, wanted),
        CompareOperator.Ne => !IsSame(actual, wanted),
        _ => HoldsOrder(TryDate(actual, out var left) && TryDate(wanted, out var right)
            ? left.CompareTo(right)
            : string.Compare(actual, wanted, Comparison)),
    };

    // The server's own moments are the same in every notation.
    private bool IsSame(string actual, string wanted) => actual.Equals(wanted, Comparison)
        || (Is(Path.Sub ?? "", "created", "lastModified") && TryDate(actual, out var left) && TryDate(wanted, out var right) && left == right);

    private bool HoldsOrder(int order) => Operator switch
    {
        CompareOperator.Eq => order == 0,
        CompareOperator.Ne => order != 0,
        CompareOperator.Gt => order > 0,
        CompareOperator.Ge => order >= 0,
        CompareOperator.Lt => order < 0,
        CompareOperator.Le => order <= 0,
        _ => false,
    };

    private static bool IsBoolean(JsonValue value, out bool flag) => value.TryGetValue(out flag);

    private static bool TryNumber(JsonValue value, out decimal number) =>
        decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    internal static bool TryDate(string text, out DateTimeOffset date)
    {
        date = default;
        return text.Length >= 10 && text[4] == '-' && text[7] == '-'
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);
    }

    private static bool Is(string name, params ReadOnlySpan<string> names)
    {
        foreach (var candidate in names)
        {
            if (candidate.Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
