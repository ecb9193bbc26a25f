using System.Text.Json.Nodes;
using Acornima;
using Acornima.Ast;

namespace Provisioning.Core.Mapping;

/// <summary>
/// Target attributes that hold a secret, by their names. What a mapping gives is kept in the ledger, so it must not give such an attribute a
/// text: only the place of a password that is made when the account is created (<see cref="GeneratedSecret"/>).
/// </summary>
internal static class SecretTarget
{
    public const string Advice = "is a secret, which the ledger would keep in clear; write randomPassword(), or leave it to the connector";

    /// <exception cref="FormatException">The rule gives a secret in clear.</exception>
    public static void Check(TargetPath target, ParsedExpression expression, JsonNode? defaultValue)
    {
        if (SecretNames.IsSecret(target.LastName) && (MayBeText(expression.Root) || HasText(defaultValue, isSecret: true)))
            throw new FormatException(Advice);
    }

    /// <param name="value">What is mapped.</param>
    /// <param name="isSecret">Whether the target is a secret as a whole.</param>
    /// <exception cref="ScriptFault">The value is or has a secret in clear.</exception>
    public static void Check(JsonNode? value, bool isSecret)
    {
        if (HasText(value, isSecret))
            throw new ScriptFault(Advice);
    }

    private static bool HasText(JsonNode? node, bool isSecret) => node switch
    {
        JsonObject complex => !GeneratedSecret.Is(complex) && complex.Any(x => HasText(x.Value, isSecret || SecretNames.IsSecret(x.Key))),
        JsonArray list => list.Any(x => HasText(x, isSecret)),
        JsonValue value => isSecret && value.TryGetValue<string>(out _),
        _ => false,
    };

    // Flags and numbers are no secrets: passwords have settings with similar names.
    private static bool MayBeText(Node node) => node switch
    {
        StringLiteral => true,
        Literal => false,
        UnaryExpression unary => unary.Operator == Operator.TypeOf,
        LogicalExpression logical => MayBeText(logical.Left) || MayBeText(logical.Right),
        BinaryExpression binary => binary.Operator == Operator.Addition,
        ConditionalExpression either => MayBeText(either.Consequent) || MayBeText(either.Alternate),
        CallExpression { Callee: Identifier { Name: "randomPassword" or "Number" or "Boolean" } } => false,
        _ => true,
    };
}
