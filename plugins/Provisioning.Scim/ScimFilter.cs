using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>A filter of RFC 7644, section 3.4.2.2.</summary>
public sealed class ScimFilter
{
    private readonly FilterNode _root;

    private ScimFilter(FilterNode root) => _root = root;

    /// <summary>Parses a filter. Throws a <see cref="ScimException"/> <c>invalidFilter</c> when it is none.</summary>
    public static ScimFilter Parse(string filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return new ScimFilter(FilterParser.Parse(filter, null));
    }

    /// <summary>Whether a resource satisfies the filter.</summary>
    public bool Matches(JsonObject resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return _root.Matches(resource);
    }

    /// <summary>Whether it looks at an attribute of the core schema.</summary>
    public bool Uses(string attribute) => _root.Uses(attribute);

    /// <summary>The text that an attribute has in everything that satisfies the filter, so that an index can find it; null if the filter does not demand one.</summary>
    /// <param name="path">As <c>userName</c>, or <c>emails.value</c> for an entry of a list.</param>
    public string? Demands(string path) =>
        _root.Conditions().Where(x => x.Path.Equals(path, StringComparison.OrdinalIgnoreCase)).Select(x => x.Text).FirstOrDefault();

    /// <summary>The moment that an attribute of everything that satisfies the filter has at least; null if the filter does not demand one.</summary>
    /// <param name="path">As <c>meta.lastModified</c>.</param>
    public DateTimeOffset? DemandsSince(string path)
    {
        DateTimeOffset? latest = null;
        foreach (var (_, text) in _root.LowerBounds().Where(x => x.Path.Equals(path, StringComparison.OrdinalIgnoreCase)))
            if (CompareNode.TryDate(text, out var moment) && (latest is null || moment > latest))
                latest = moment;
        return latest;
    }

    /// <summary>All texts that the filter compares an attribute with, if it demands nothing but equalities, all of them, and of the list nothing else; null otherwise.</summary>
    /// <param name="path">As <c>members.value</c>; the list itself stands for it too.</param>
    public IReadOnlyList<string>? TextsOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        List<(string Path, string Text)> conditions = [.. _root.Conditions()];
        var list = path[..path.IndexOf('.', StringComparison.Ordinal)];
        return conditions.Count == _root.Size && !conditions.Exists(x => IsBelow(x.Path) && !IsMeant(x.Path)) ? [.. conditions.Where(x => IsMeant(x.Path)).Select(x => x.Text)] : null;

        bool IsMeant(string other) => other.Equals(path, StringComparison.OrdinalIgnoreCase) || other.Equals(list, StringComparison.OrdinalIgnoreCase);

        bool IsBelow(string other) => other.StartsWith(list + ".", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The filter is nothing but <c>attribute[part eq "value"]</c>.</summary>
    public bool IsOneElement => _root is ElementNode { Inner: CompareNode { Operator: CompareOperator.Eq } };

    /// <summary>True when the filter is nothing but <c>attribute eq "value"</c>, which an index can answer.</summary>
    public bool TryGetEquality(out string attribute, out string value)
    {
        if (_root is CompareNode { Operator: CompareOperator.Eq } compare && ScimAttributes.Text(compare.Literal) is { } text)
        {
            (attribute, value) = (compare.Path.Text, text);
            return true;
        }

        (attribute, value) = (string.Empty, string.Empty);
        return false;
    }

    /// <summary>Writes a string as a filter literal, quotes included.</summary>
    public static string Quote(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        // Only what JSON demands is escaped: many servers do not decode \u sequences.
        var quoted = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value)
        {
            if (c is '"' or '\\')
                quoted.Append('\\').Append(c);
            else if (c < ' ')
                quoted.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else
                quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
