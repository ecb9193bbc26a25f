namespace Provisioning.Host.Configuration;

/// <summary>"Did you mean".</summary>
internal static class Suggestion
{
    /// <summary>The closest of the known words as <c>, did you mean 'x'?</c>, or nothing if none is close.</summary>
    public static string For(string word, IEnumerable<string> known)
    {
        var best = known.Select(x => (Word: x, Distance: Distance(word.ToLowerInvariant(), x.ToLowerInvariant()))).MinBy(x => x.Distance);
        return best.Word is not null && best.Distance <= Math.Max(1, word.Length / 3) ? $", did you mean '{best.Word}'?" : "";
    }

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
