using System.Globalization;
using Acornima;
using Acornima.Ast;
using Jint;
using Provisioning.Scim;

namespace Provisioning.Core.Mapping;

/// <summary>Finds names in an expression that nobody has, and values that would be others at each planning.</summary>
internal sealed class ExpressionAdvice : AstVisitor
{
    private static readonly string[] NotSeen = ["id", "meta", "groups", "password", "schemas"];

    private readonly ParsedExpression _expression;
    private readonly bool _onCreateOnly;
    private readonly UserSchema _user;
    private readonly UserShapes _shapes;
    private readonly List<string> _advice = [];

    private ExpressionAdvice(ParsedExpression expression, bool onCreateOnly, UserSchema user)
    {
        (_expression, _onCreateOnly, _user) = (expression, onCreateOnly, user);
        _shapes = new UserShapes(user);
    }

    /// <param name="expression">The expression.</param>
    /// <param name="onCreateOnly">Whether the value is kept as it was when the account was created.</param>
    /// <param name="user">What users may have.</param>
    public static IReadOnlyList<string> Of(ParsedExpression expression, bool onCreateOnly, UserSchema user)
    {
        var examination = new ExpressionAdvice(expression, onCreateOnly, user);
        examination.ExamineVariables();
        examination.Visit(expression.Root);
        return [.. examination._advice.Distinct()];
    }

    protected override object? VisitMemberExpression(MemberExpression node)
    {
        if (_shapes.Of(node.Object) is { } holder)
            ExamineMember(node, holder);
        Visit(node.Object);
        if (node.Computed)
            Visit(node.Property);
        return node;
    }

    protected override object? VisitCallExpression(CallExpression node)
    {
        _shapes.Enter(node);
        if (node.Callee is MemberExpression { Computed: false, Property: Identifier method } callee)
        {
            if (_shapes.Of(callee.Object) is null && !LanguageNames.All.Members.Contains(method.Name))
                Add(node, $"there is no function '{method.Name}'{Spelling.Hint(method.Name, LanguageNames.All.Members)}");
            ExamineChance(node, callee, method.Name);
        }
        else if (node.Callee is Identifier { Name: "Date" })
        {
            AdviseAgainstTime(node);
        }

        return base.VisitCallExpression(node);
    }

    protected override object? VisitNewExpression(NewExpression node)
    {
        if (node is { Callee: Identifier { Name: "Date" }, Arguments.Count: 0 })
            AdviseAgainstTime(node);
        return base.VisitNewExpression(node);
    }

    protected override object? VisitObjectProperty(ObjectProperty node)
    {
        if (node.Computed)
            Visit(node.Key);
        Visit(node.Value);
        return node;
    }

    private void ExamineVariables()
    {
        var prepared = Engine.PrepareScript($"({_expression.Source}\n)", options: new ScriptPreparationOptions { CollectReferencedGlobals = true });
        var known = LanguageNames.All.Globals.Concat(ScriptFunctions.Names).Append("user").ToHashSet(StringComparer.Ordinal);
        foreach (var name in prepared.ReferencedGlobals!.Where(x => !known.Contains(x)))
            _advice.Add($"there is no '{name}'{Spelling.Hint(name, ScriptFunctions.Names.Append("user").Concat(LanguageNames.All.Globals))}");
    }

    private void ExamineMember(MemberExpression node, UserSchema holder)
    {
        if (UserShapes.NameOf(node) is not { } name)
            return;
        switch (holder.Type)
        {
            case UserSchema.Kind.Complex when !holder.Parts.ContainsKey(name):
                if (Unknown(name, holder) is { } advice)
                    Add(node, advice);
                break;
            case UserSchema.Kind.List when !LanguageNames.All.OfLists.Contains(name):
                Add(node, $"'{Source(node.Object)}' is a list; write {Source(node.Object)}[0].{name} or primary({Source(node.Object)})");
                break;
            case UserSchema.Kind.Text when !LanguageNames.All.OfTexts.Contains(name):
                Add(node, $"'{Source(node.Object)}' is a text and has no '{name}'{Spelling.Hint(name, LanguageNames.All.OfTexts)}");
                break;
        }
    }

    private string? Unknown(string name, UserSchema holder)
    {
        var isUser = ReferenceEquals(holder, _user);
        var extensions = _user.Parts.Where(x => x.Key.StartsWith("urn:", StringComparison.OrdinalIgnoreCase));
        if (name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase))
            return isUser && Spelling.Hint(name, extensions.Select(x => x.Key).Where(x => name.Length - x.Length is > -4 and < 4)) is { Length: > 0 } slip
                ? $"there is hardly an extension '{name}'{slip}"
                : null;
        if (isUser && NotSeen.Contains(name, StringComparer.Ordinal))
            return $"mappings do not see '{name}' of a user";
        if (isUser && extensions.FirstOrDefault(x => x.Value.Parts.ContainsKey(name)).Key is { } urn)
            return $"users have no attribute '{name}' of their own; did you mean user['{urn}'].{name}?";
        return LanguageNames.All.Members.Contains(name) && !isUser
            ? null
            : $"users have no attribute '{name}'{Spelling.Hint(name, holder.Parts.Keys)}";
    }

    private void ExamineChance(CallExpression node, MemberExpression callee, string method)
    {
        if (callee.Object is Identifier { Name: "Math" } && method == "random")
            Add(node, "Math.random() is another number at each planning, and no secret; randomPassword() makes passwords, and \"on\": \"create\" keeps the first value");
        else if (callee.Object is Identifier { Name: "Date" } && method == "now")
            AdviseAgainstTime(node);
    }

    private void AdviseAgainstTime(Node node)
    {
        if (!_onCreateOnly)
            Add(node, "the time of day is another at each planning, so that the account would be changed each time; \"on\": \"create\" keeps the first value");
    }

    private string Source(Node node) => _expression.Source[node.Start..node.End];

    private void Add(Node node, string advice) => _advice.Add(string.Create(CultureInfo.InvariantCulture, $"{advice} ({_expression.Place(node.Start)})"));
}
