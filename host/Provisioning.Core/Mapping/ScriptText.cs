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

    /// <summary><c>left + right</c>.</summary>
    public static JsValue Add(JsValue left, JsValue right)
    {
        if (IsMissing(left) || IsMissing(right))
            return JsValue.Undefined;
        if (!left.IsString() && !right.IsString() && left is not ObjectInstance && right is not ObjectInstance)
            return JsNumber.Create(TypeConverter.ToNumber(left) + TypeConverter.ToNumber(right));
        return Of(left) is { } first && Of(right) is { } second ? Join(first, second) : JsValue.Undefined;
    }

    /// <summary>A template with its parts.</summary>
    public static JsValue Fill(JsValue template, ReadOnlySpan<JsValue> parts)
    {
        var texts = template.AsArray();
        var result = texts[0];
        for (var i = 0; i < parts.Length; i++)
        {
            if (Of(parts[i]) is not { } part)
                return JsValue.Undefined;
            result = Join(Join(result.AsString(), part).AsString(), texts[(uint)i + 1].AsString());
        }

        return result;
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
