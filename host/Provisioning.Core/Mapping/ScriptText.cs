using System.Globalization;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;

namespace Provisioning.Core.Mapping;

/// <summary>Text in expressions: with a missing part, the whole is missing; objects and lists are no text.</summary>
internal static class ScriptText
{
    /// <summary>In characters. More is no attribute, and the way to exhaust the memory.</summary>
    public const int Most = 1_000_000;

    public static bool IsMissing(JsValue value) => value.IsUndefined() || value.IsNull() || (value.IsNumber() && !double.IsFinite(value.AsNumber()));

    /// <summary><c>a + b + c</c>.</summary>
    public static JsValue Add(JsValue[] operands)
    {
        var sum = operands[0];
        for (var i = 1; i < operands.Length && !sum.IsUndefined(); i++)
            sum = Add(sum, operands[i]);
        return sum;
    }

    private static JsValue Add(JsValue left, JsValue right)
    {
        if (IsMissing(left) || IsMissing(right))
            return JsValue.Undefined;
        if (!left.IsString() && !right.IsString() && left is not ObjectInstance && right is not ObjectInstance)
            return JsNumber.Create(TypeConverter.ToNumber(left) + TypeConverter.ToNumber(right));
        return Of(left) is { } first && Of(right) is { } second ? Join(first, second) : JsValue.Undefined;
    }

    /// <summary>The texts and values of a template, one after the other.</summary>
    public static JsValue Concat(JsValue[] parts)
    {
        var texts = new string[parts.Length];
        var length = 0d;
        for (var i = 0; i < parts.Length; i++)
        {
            if (Of(parts[i]) is not { } text)
                return JsValue.Undefined;
            texts[i] = text;
            length += text.Length;
        }

        CheckLength(length);
        return JsString.Create(string.Concat(texts));
    }

    /// <summary>The value as text; null if it is missing.</summary>
    /// <exception cref="ScriptFault">It is none.</exception>
    public static string? Of(JsValue value) => value switch
    {
        _ when IsMissing(value) => null,
        JsDate date => double.IsFinite(date.DateValue) ? TypeConverter.ToString(date) : null,
        JsArray { Length: 0 } => null,
        JsArray => throw new ScriptFault("a list cannot be part of a text; take an entry of it, as in user.emails[0].value, or join the values of its entries"),
        ObjectInstance => throw new ScriptFault("an object cannot be part of a text; take a part of it, as in user.name.givenName"),
        JsSymbol => throw new ScriptFault("a symbol cannot be part of a text"),
        _ => TypeConverter.ToString(value),
    };

    private static JsString Join(string first, string second)
    {
        CheckLength((double)first.Length + second.Length);
        return JsString.Create(first + second);
    }

    /// <returns>Always true.</returns>
    /// <exception cref="ScriptFault">It is too long.</exception>
    public static bool CheckLength(double length) =>
        length <= Most ? true : throw new ScriptFault(string.Create(CultureInfo.InvariantCulture, $"the text would have more than {Most:N0} characters"));
}
