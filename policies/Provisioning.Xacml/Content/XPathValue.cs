namespace Provisioning.Xacml;

/// <summary>A value of the data type xpathExpression: an XPath 1.0 expression that selects nodes of a category's content.</summary>
public sealed class XPathValue : IEquatable<XPathValue>
{
    private static readonly Dictionary<string, string> NoNamespaces = [];
    private Result<CompiledXPath>? _compiled;

    /// <summary>Makes a value. Whether the expression is one shows when it is first evaluated.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="category">The category whose content it is evaluated on.</param>
    /// <param name="namespaces">The namespaces by the prefixes that the expression uses.</param>
    public XPathValue(string expression, string category, IReadOnlyDictionary<string, string>? namespaces = null)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(category);
        Expression = expression.Trim();
        Category = category;
        Namespaces = namespaces ?? NoNamespaces;
    }

    /// <summary>The expression.</summary>
    public string Expression { get; }

    /// <summary>The category whose content it is evaluated on.</summary>
    public string Category { get; }

    /// <summary>The namespaces by prefix.</summary>
    public IReadOnlyDictionary<string, string> Namespaces { get; }

    /// <summary>The expression ready to run, or why it is none.</summary>
    internal Result<CompiledXPath> Compiled => _compiled ??= CompiledXPath.Of(Expression, Namespaces);

    /// <inheritdoc/>
    public bool Equals(XPathValue? other) => other is not null && Expression == other.Expression && Category == other.Category;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as XPathValue);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Expression, Category);

    /// <inheritdoc/>
    public override string ToString() => Expression;
}
