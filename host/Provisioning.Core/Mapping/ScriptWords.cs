using Acornima;
using Acornima.Ast;

namespace Provisioning.Core.Mapping;

/// <summary>What stands in an expression: the methods that it names, and its literal texts.</summary>
internal sealed class ScriptWords : AstVisitor
{
    private static readonly HashSet<string> Withheld = new(StringComparer.Ordinal)
    {
        "globalThis", "eval", "Function", "ArrayBuffer", "SharedArrayBuffer", "DataView", "Atomics", "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array",
        "Uint16Array", "Int32Array", "Uint32Array", "Float16Array", "Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array",
    };

    private readonly HashSet<string> _methods = new(StringComparer.Ordinal);
    private readonly List<string> _literals = [];

    public IReadOnlySet<string> Methods => _methods;

    public IReadOnlyList<string> Literals => _literals;

    /// <exception cref="FormatException">It names something by which it could take memory without limit.</exception>
    public static ScriptWords Of(ParsedExpression expression)
    {
        var words = new ScriptWords();
        words.Visit(expression.Root);
        return words;
    }

    protected override object? VisitIdentifier(Identifier node) =>
        Withheld.Contains(node.Name) ? throw new FormatException($"'{node.Name}' cannot be used in a mapping") : node;

    protected override object? VisitThisExpression(ThisExpression node) => throw new FormatException("'this' cannot be used in a mapping; write user");

    protected override object? VisitMemberExpression(MemberExpression node)
    {
        Visit(node.Object);
        if (node is { Computed: false, Property: Identifier name })
            _methods.Add(name.Name);
        else if (node.Property is StringLiteral text)
            _methods.Add(text.Value);
        else
            Visit(node.Property);
        return node;
    }

    protected override object? VisitObjectProperty(ObjectProperty node)
    {
        if (node.Computed)
            Visit(node.Key);
        Visit(node.Value);
        return node;
    }

    protected override object? VisitLiteral(Literal node)
    {
        if (node is StringLiteral text)
            _literals.Add(text.Value);
        return node;
    }

    protected override object? VisitTemplateElement(TemplateElement node)
    {
        _literals.Add(node.Value.Cooked ?? node.Value.Raw);
        return node;
    }
}
