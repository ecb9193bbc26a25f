using System.Text;
using System.Text.Json;
using Acornima;
using Acornima.Ast;

namespace Provisioning.Core.Mapping;

/// <summary>
/// Rewrites an expression so that missing values stay missing where JavaScript would make text of them or fail: in <c>+</c>, templates,
/// <c>String(x)</c>, spreads, loops, <c>in</c> and <c>Object.keys(x)</c>. Reading and calling parts of what is missing is
/// <see cref="MissingReferences"/>' part.
/// </summary>
internal sealed class NullSafeSource : AstVisitor
{
    private readonly string _source;
    private readonly IReadOnlyList<int> _plusSigns;
    private readonly List<(int Position, int Removed, string Text)> _edits = [];

    private NullSafeSource(string source, IReadOnlyList<int> plusSigns) => (_source, _plusSigns) = (source, plusSigns);

    /// <exception cref="NotSupportedException">A construct that a mapping must not use.</exception>
    public static string Of(ParsedExpression expression)
    {
        var rewriting = new NullSafeSource(expression.Source, expression.PlusSigns);
        rewriting.Visit(expression.Root);
        return rewriting.Apply();
    }

    protected override object? VisitBinaryExpression(BinaryExpression node)
    {
        switch (node.Operator)
        {
            case Operator.Addition:
                Insert(node.Start, $"{ScriptFunctions.Add}(");
                VisitSum(node);
                Insert(node.End, ")");
                return node;
            case Operator.In:
                Visit(node.Left);
                Wrap(node.Right, ScriptFunctions.AnObject);
                return node;
            default:
                return base.VisitBinaryExpression(node);
        }
    }

    // a + b + c is one call with three arguments.
    private void VisitSum(BinaryExpression node)
    {
        var isInBrackets = node.Left.Start > node.Start;
        if (!isInBrackets && node.Left is BinaryExpression { Operator: Operator.Addition } left)
            VisitSum(left);
        else
            Visit(node.Left);
        Replace(PlusBehind(node.Left), 1, ",");
        Visit(node.Right);
    }

    protected override object? VisitAssignmentExpression(AssignmentExpression node)
    {
        if (node.Operator != Operator.AdditionAssignment)
            return base.VisitAssignmentExpression(node);
        if (node.Left is not Identifier name)
            throw new NotSupportedException("write a.b = a.b + c instead of a.b += c");
        Replace(PlusBehind(node.Left), 2, $"={ScriptFunctions.Add}({name.Name},");
        Visit(node.Right);
        Insert(node.End, ")");
        return node;
    }

    protected override object? VisitTemplateLiteral(TemplateLiteral node)
    {
        if (node.Expressions.Count == 0)
            return node;
        var position = node.Start;
        for (var i = 0; i < node.Expressions.Count; i++)
        {
            var part = node.Expressions[i];
            Replace(position, part.Start - position, $"{(i == 0 ? $"{ScriptFunctions.Text}(" : "),")}{Quoted(node.Quasis[i])},(");
            Visit(part);
            position = part.End;
        }

        Replace(position, node.End - position, $"),{Quoted(node.Quasis[^1])})");
        return node;
    }

    protected override object? VisitTaggedTemplateExpression(TaggedTemplateExpression node)
    {
        Visit(node.Tag);
        base.VisitTemplateLiteral(node.Quasi);
        return node;
    }

    protected override object? VisitIdentifier(Identifier node)
    {
        if (node.Name == "String")
            Replace(node.Start, node.End - node.Start, ScriptFunctions.AsText);
        return base.VisitIdentifier(node);
    }

    // The name behind a dot is no variable. String.raw and its like are left alone.
    protected override object? VisitMemberExpression(MemberExpression node)
    {
        if (node.Object is not Identifier { Name: "String" })
            Visit(node.Object);
        if (node.Computed)
            Visit(node.Property);
        return node;
    }

    protected override object? VisitNewExpression(NewExpression node)
    {
        if (node.Callee is not Identifier)
            Visit(node.Callee);
        VisitArguments(node.Arguments);
        return node;
    }

    // Object.keys, Object.entries, Array.from and their like fail without a value.
    protected override object? VisitCallExpression(CallExpression node)
    {
        Visit(node.Callee);
        if (node.Callee is MemberExpression { Computed: false, Object: Identifier { Name: "Object" or "Array" } holder } && node.Arguments is [not SpreadElement, ..])
        {
            Wrap(node.Arguments[0], holder.Name == "Object" ? ScriptFunctions.AnObject : ScriptFunctions.AList);
            for (var i = 1; i < node.Arguments.Count; i++)
                Visit(node.Arguments[i]);
        }
        else
        {
            VisitArguments(node.Arguments);
        }

        return node;
    }

    protected override object? VisitSpreadElement(SpreadElement node)
    {
        Wrap(node.Argument, ScriptFunctions.AList);
        return node;
    }

    // In an object a missing part is spread as nothing by JavaScript itself.
    protected override object? VisitObjectExpression(ObjectExpression node)
    {
        foreach (var property in node.Properties)
            Visit(property is SpreadElement spread ? spread.Argument : property);
        return node;
    }

    protected override object? VisitObjectProperty(ObjectProperty node)
    {
        if (node.Shorthand && node.Value is Identifier { Name: "String" })
            throw new NotSupportedException("write String: String instead of String alone");
        if (node.Computed)
            Visit(node.Key);
        Visit(node.Value);
        return node;
    }

    protected override object? VisitForOfStatement(ForOfStatement node)
    {
        Visit(node.Left);
        Wrap(node.Right, ScriptFunctions.AList);
        Visit(node.Body);
        return node;
    }

    protected override object? VisitVariableDeclarator(VariableDeclarator node)
    {
        Visit(node.Id);
        if (node.Init is null)
            return node;
        if (node.Id is ArrayPattern)
            Wrap(node.Init, ScriptFunctions.AList);
        else if (node.Id is ObjectPattern)
            Wrap(node.Init, ScriptFunctions.AnObject);
        else
            Visit(node.Init);
        return node;
    }

    protected override object? VisitArrowFunctionExpression(ArrowFunctionExpression node)
    {
        foreach (var parameter in node.Params)
        {
            Visit(parameter);
            if (parameter is ObjectPattern or ArrayPattern)
                Insert(parameter.End, parameter is ArrayPattern ? "=[]" : "={}");
        }

        Visit(node.Body);
        return node;
    }

    private static string Quoted(TemplateElement text) => JsonSerializer.Serialize(text.Value.Cooked ?? text.Value.Raw);

    private void VisitArguments(in NodeList<Expression> arguments)
    {
        foreach (var argument in arguments)
            Visit(argument);
    }

    private void Wrap(Node node, string function)
    {
        Insert(node.Start, $"{function}((");
        Visit(node);
        Insert(node.End, "))");
    }

    // Between an operand and its operator stand closing brackets and comments only.
    private int PlusBehind(Node operand) => _plusSigns.First(x => x >= operand.End);

    private void Insert(int position, string text) => Replace(position, 0, text);

    private void Replace(int position, int removed, string text) => _edits.Add((position, removed, text));

    private string Apply()
    {
        var result = new StringBuilder(_source.Length + (_edits.Count * 8));
        var copied = 0;

        // Edits at one position stand in the order in which the tree was walked: from outside to inside before, and back again behind.
        foreach (var (position, removed, text) in _edits.OrderBy(x => x.Position))
        {
            result.Append(_source, copied, position - copied).Append(text);
            copied = position + removed;
        }

        return result.Append(_source, copied, _source.Length - copied).ToString();
    }
}
