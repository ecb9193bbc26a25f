namespace Provisioning.Xacml;

/// <summary>Guesses what was meant by a name that is not known.</summary>
internal static class NearName
{
    /// <summary>The known name that is spelt most alike; null if none is near.</summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        // A third of the letters, at most three: more is another word.
        var most = Math.Min(3, Math.Max(1, name.Length / 3));
        return known.Where(one => Math.Abs(one.Length - name.Length) <= most)
            .Select(one => (Name: one, Distance: EditDistance.Between(name, one)))
            .Where(one => one.Distance <= most)
            .OrderBy(one => one.Distance)
            .Select(one => one.Name)
            .FirstOrDefault();
    }
}
