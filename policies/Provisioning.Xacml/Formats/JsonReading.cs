using System.Text;
using System.Text.Json;

namespace Provisioning.Xacml;

/// <summary>Short ways through JSON that must have a certain shape.</summary>
internal static class JsonReading
{
    /// <summary>Moves to the name of the next member; answers false at the end of the object.</summary>
    public static bool NextMember(this ref Utf8JsonReader json) => json.Read() && json.TokenType != JsonTokenType.EndObject;

    /// <summary>Moves to the next item; answers false at the end of the array.</summary>
    public static bool NextItem(this ref Utf8JsonReader json) => json.Read() && json.TokenType != JsonTokenType.EndArray;

    /// <summary>The name or string that the reader is at.</summary>
    public static ReadOnlySpan<byte> Utf8Text(this scoped ref Utf8JsonReader json) =>
        json.ValueIsEscaped ? Encoding.UTF8.GetBytes(json.GetString()!) : json.ValueSpan;

    public static void Require(this ref Utf8JsonReader json, JsonTokenType type, string what)
    {
        if (json.TokenType != type) throw new XacmlSyntaxException($"{what} must be a JSON {Name(type)}, not a {Name(json.TokenType)}");
    }

    /// <summary>Reads the string behind the name of a member that may occur once.</summary>
    public static void ReadText(this ref Utf8JsonReader json, string what, ref string? text)
    {
        if (text is not null) throw Twice(what);
        json.Read();
        json.Require(JsonTokenType.String, what);
        text = json.GetString()!;
    }

    /// <summary>Reads the string behind the name of a member that may occur once, as UTF-8.</summary>
    public static void ReadUtf8(this ref Utf8JsonReader json, string what, ref ReadOnlySpan<byte> text, ref bool isThere)
    {
        if (isThere) throw Twice(what);
        isThere = true;
        json.Read();
        json.Require(JsonTokenType.String, what);
        text = json.Utf8Text();
    }

    /// <summary>Reads the flag behind the name of a member that may occur once.</summary>
    public static void ReadFlag(this ref Utf8JsonReader json, string what, ref bool? flag)
    {
        if (flag is not null) throw Twice(what);
        json.Read();
        if (json.TokenType is not (JsonTokenType.True or JsonTokenType.False))
            throw new XacmlSyntaxException($"{what} must be true or false, not a {Name(json.TokenType)}");
        flag = json.TokenType == JsonTokenType.True;
    }

    public static XacmlSyntaxException Unknown(this ref Utf8JsonReader json, string owner) => new($"{owner} has no member '{json.GetString()}'");

    public static XacmlSyntaxException Twice(string member) => new($"{member} occurs twice");

    public static string Name(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "object",
        JsonTokenType.StartArray => "array",
        JsonTokenType.String => "string",
        JsonTokenType.Number => "number",
        JsonTokenType.True or JsonTokenType.False => "boolean",
        JsonTokenType.Null => "null",
        _ => type.ToString(),
    };
}
