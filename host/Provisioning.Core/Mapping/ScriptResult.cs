using System.Text.Json.Nodes;
using Jint;
using Jint.Native;
using Jint.Native.Json;
using Jint.Runtime;

namespace Provisioning.Core.Mapping;

/// <summary>The value of an expression as it is sent: without the parts that are missing.</summary>
/// <param name="user">The user as JSON.</param>
/// <param name="literals">The literal texts of the expression.</param>
internal sealed class ScriptResult(string user, IReadOnlyList<string> literals)
{
    private const string AnObject = "[object ";

    // JavaScript's functions write these words for values that are no text. (Operators and templates are kept from it before.)
    private static readonly string[] Missing = ["undefined", "NaN", "Infinity", "Invalid Date"];

    /// <returns>A fresh node; null if there is no value.</returns>
    /// <exception cref="ScriptFault">An object was made a text.</exception>
    public JsonNode? Of(Engine engine, JsValue value)
    {
        if (ScriptText.IsMissing(value) || value.IsSymbol() || value.IsCallable())
            return null;
        if (value.IsString())
            return IsMissing(value.AsString()) ? null : JsonValue.Create(value.AsString());

        // The engine leaves out missing parts of objects, and writes null for those of lists.
        var text = new JsonSerializer(engine).Serialize(value, JsValue.Undefined, JsValue.Undefined);
        return text.IsString() ? MissingParts.Remove(JsonNode.Parse(text.AsString()), IsMissing) : null;
    }

    private bool IsMissing(string text)
    {
        if (HasOnItsOwn(text, AnObject))
            throw new ScriptFault("an object was made a text; take a part of it, as in user.name.givenName");
        foreach (var word in Missing)
            if (HasOnItsOwn(text, word))
                return true;
        return false;
    }

    // Somebody's name may have the word in it, and so may a text of the expression. The bare word is what "typeof" is compared with.
    private bool HasOnItsOwn(string text, string word) => text.Contains(word, StringComparison.Ordinal)
        && !user.Contains(word, StringComparison.Ordinal) && !literals.Any(x => x.Length > word.Length && x.Contains(word, StringComparison.Ordinal));
}
