namespace Provisioning.Core.Mapping;

/// <summary>Guesses what was meant by a name that nobody knows.</summary>
public static class Spelling
{
    // In a long name too, a slip is a matter of a few letters.
    private const int MostSlips = 6;

    /// <summary>The name that is spelt most alike; null if none is near.</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        var best = known.Select(x => (Name: x, Distance: Distance(name, x))).OrderBy(x => x.Distance).FirstOrDefault();
        return best.Name is not null && best.Distance <= Math.Clamp(name.Length / 3, 1, MostSlips) ? best.Name : null;
    }

    /// <summary>A question to end a message with; empty if no name is near.</summary>
    public static string Hint(string name, IEnumerable<string> known) => Nearest(name, known) is { } nearest ? $"; did you mean '{nearest}'?" : "";

    // Changed, added, dropped and swapped neighbouring letters count one each; case counts nothing.
    private static int Distance(string first, string second)
    {
        var rows = new int[first.Length + 1, second.Length + 1];
        for (var i = 0; i <= first.Length; i++)
        {
            for (var j = 0; j <= second.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }

                var change = rows[i - 1, j - 1] + (IsSame(first[i - 1], second[j - 1]) ? 0 : 1);
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), change);
                if (i > 1 && j > 1 && IsSame(first[i - 1], second[j - 2]) && IsSame(first[i - 2], second[j - 1]))
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[first.Length, second.Length];
    }

    private static bool IsSame(char first, char second) => char.ToUpperInvariant(first) == char.ToUpperInvariant(second);
}
