using System.Globalization;

namespace Provisioning.Core.Users;

/// <summary>The table behind <see cref="CanonicalText"/>, read at first need.</summary>
internal sealed class CanonicalData
{
    private const string Resource = "canonical-equivalence.txt";

    private readonly Dictionary<int, int[]> _parts = [];
    private readonly Dictionary<(int First, int Second), int> _whole = [];
    private readonly Dictionary<int, int> _classes = [];

    private CanonicalData()
    {
        using var stream = typeof(CanonicalData).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var mark = line.IndexOfAny(['#', '=', '>', ':']);
            if (line[mark] == ':')
                AddClass(line[..mark], line[(mark + 1)..]);
            else if (line[mark] != '#')
                AddParts(Number(line[..mark]), [.. line[(mark + 1)..].Split(' ').Select(Number)], composes: line[mark] == '=');
        }
    }

    public static CanonicalData Instance { get; } = new();

    /// <summary>What a character is composed of, one level down; null if of nothing.</summary>
    public int[]? Parts(int character) => _parts.GetValueOrDefault(character);

    /// <summary>The character that two compose to; 0 if none.</summary>
    public int Whole(int first, int second) => _whole.GetValueOrDefault((first, second));

    /// <summary>The combining class; 0 for a starter.</summary>
    public int Class(int character) => _classes.GetValueOrDefault(character);

    private void AddClass(string range, string value)
    {
        var ends = range.Split('-');
        for (var character = Number(ends[0]); character <= Number(ends[1]); character++)
            _classes[character] = int.Parse(value, CultureInfo.InvariantCulture);
    }

    private void AddParts(int character, int[] parts, bool composes)
    {
        _parts[character] = parts;
        if (composes)
            _whole[(parts[0], parts[1])] = character;
    }

    private static int Number(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
