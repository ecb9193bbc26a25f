namespace Provisioning.Storage;

/// <summary>
/// Text as PostgreSQL takes it. What targets answer ends up in messages, and a zero or half a character in it must not keep an
/// outcome from being recorded.
/// </summary>
internal static class StorableText
{
    private const char Replacement = '\uFFFD';

    /// <summary>A parameter's value.</summary>
    public static object OfValue(object? value) => value switch
    {
        null => DBNull.Value,
        string text => Of(text),
        _ => value,
    };

    public static string Of(string text)
    {
        var bad = Bad(text, 0);
        if (bad < 0)
            return text;
        var characters = text.ToCharArray();
        for (; bad >= 0; bad = Bad(text, bad + 1))
            characters[bad] = Replacement;
        return new string(characters);
    }

    private static int Bad(string text, int start)
    {
        for (var i = start; i < text.Length; i++)
        {
            var character = text[i];
            if (character == '\0')
                return i;
            if (!char.IsSurrogate(character))
                continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(character, text[i + 1]))
                i++;
            else
                return i;
        }

        return -1;
    }
}
