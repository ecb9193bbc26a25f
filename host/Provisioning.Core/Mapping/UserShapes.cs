using Acornima.Ast;

namespace Provisioning.Core.Mapping;

/// <summary>Which parts of an expression are which parts of the user, as far as that can be told without running it.</summary>
internal sealed class UserShapes(UserSchema user)
{
    private readonly Dictionary<string, UserSchema> _variables = new(StringComparer.Ordinal) { ["user"] = user };

    /// <summary>The name behind a dot or as a text in brackets; null if it is computed.</summary>
    public static string? NameOf(MemberExpression node) => node.Property switch
    {
        Identifier name when !node.Computed => name.Name,
        StringLiteral text => text.Value,
        _ => null,
    };

    /// <summary>What a part of the expression is; null if that is unknown.</summary>
    public UserSchema? Of(Node node) => node switch
    {
        Identifier name => _variables.GetValueOrDefault(name.Name),
        ChainExpression chain => Of(chain.Expression),
        LogicalExpression logical => Of(logical.Left) ?? Of(logical.Right),
        ConditionalExpression either => Of(either.Consequent) ?? Of(either.Alternate),
        CallExpression { Callee: MemberExpression { Computed: false, Property: Identifier method } callee } when Of(callee.Object) is { Type: UserSchema.Kind.List } list =>
            method.Name switch
            {
                "find" or "findLast" or "at" or "pop" or "shift" => list.Entry,
                "filter" or "slice" or "sort" or "toSorted" or "reverse" or "toReversed" => list,
                _ => null,
            },
        MemberExpression member when Of(member.Object) is { } holder => (holder.Type, NameOf(member)) switch
        {
            (UserSchema.Kind.List, null) => holder.Entry,
            (UserSchema.Kind.Complex, { } part) => holder.Parts.GetValueOrDefault(part),
            _ => null,
        },
        _ => null,
    };

    /// <summary>The functions that a list is given (<c>user.emails.map(x => x.value)</c>) see its entries.</summary>
    public void Enter(CallExpression call)
    {
        if (call.Callee is not MemberExpression callee || Of(callee.Object) is not { Type: UserSchema.Kind.List } list)
            return;
        foreach (var argument in call.Arguments)
            if (argument is ArrowFunctionExpression { Params: [Identifier entry, ..] })
                _variables[entry.Name] = list.Entry;
    }
}
