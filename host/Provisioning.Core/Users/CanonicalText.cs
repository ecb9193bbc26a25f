using System.Text;

namespace Provisioning.Core.Users;

/// <summary>
/// Normalization form C (Unicode Standard Annex 15). The runtime's own needs ICU, which is not on every machine, and keys in a
/// database must not depend on what is installed where.
/// </summary>
public static class CanonicalText
{
    // Below here every character is in form C already and combines with nothing that is.
    private const char FirstCombining = '\u0300';

    private const int Syllable = 0xAC00, Leading = 0x1100, Vowel = 0x1161, Trailing = 0x11A7;
    private const int Vowels = 21, Trailings = 28, Leadings = 19, Syllables = Leadings * Vowels * Trailings;

    /// <summary>The same text, composed. Unpaired surrogates become U+FFFD.</summary>
    public static string Compose(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', (char)(FirstCombining - 1)))
            return text;
        var characters = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
            Decompose(rune.Value, characters);
        Order(characters);
        var result = new StringBuilder(text.Length);
        foreach (var character in Recompose(characters))
            result.Append(new Rune(character).ToString());
        return result.ToString();
    }

    /// <summary>What names have in common that are the same name: without regard to case and to how their accents are composed.</summary>
    public static string KeyOf(string name) => Compose(name).ToLowerInvariant();

    private static void Decompose(int character, List<int> result)
    {
        if (character is >= Syllable and < Syllable + Syllables)
        {
            var index = character - Syllable;
            result.Add(Leading + (index / (Vowels * Trailings)));
            result.Add(Vowel + (index % (Vowels * Trailings) / Trailings));
            if (index % Trailings > 0)
                result.Add(Trailing + (index % Trailings));
        }
        else if (CanonicalData.Instance.Parts(character) is { } parts)
        {
            foreach (var part in parts)
                Decompose(part, result);
        }
        else
        {
            result.Add(character);
        }
    }

    // Marks after a starter go in order of their class; those of one class stay as they were.
    private static void Order(List<int> characters)
    {
        for (var i = 1; i < characters.Count; i++)
        {
            var mark = CanonicalData.Instance.Class(characters[i]);
            for (var j = i; mark != 0 && j > 0 && CanonicalData.Instance.Class(characters[j - 1]) > mark; j--)
                (characters[j - 1], characters[j]) = (characters[j], characters[j - 1]);
        }
    }

    private static List<int> Recompose(List<int> characters)
    {
        var result = new List<int>(characters.Count);
        var starter = -1;
        var last = 0;
        foreach (var character in characters)
        {
            var mark = CanonicalData.Instance.Class(character);
            var adjacent = starter == result.Count - 1;
            if (starter >= 0 && (adjacent || (last != 0 && last < mark)) && Pair(result[starter], character) is > 0 and var whole)
            {
                result[starter] = whole;
                continue;
            }

            if (mark == 0)
                starter = result.Count;
            last = mark;
            result.Add(character);
        }

        return result;
    }

    private static int Pair(int first, int second)
    {
        if (first is >= Leading and < Leading + Leadings && second is >= Vowel and < Vowel + Vowels)
            return Syllable + ((((first - Leading) * Vowels) + second - Vowel) * Trailings);
        var open = first is >= Syllable and < Syllable + Syllables && (first - Syllable) % Trailings == 0;
        if (open && second is > Trailing and < Trailing + Trailings)
            return first + second - Trailing;
        return CanonicalData.Instance.Whole(first, second);
    }
}
