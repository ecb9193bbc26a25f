namespace Provisioning.Xacml;

/// <summary>A distinguished name, compared by its parts without regard to case and blanks (XACML 3.0, A.3.1).</summary>
internal sealed class X500Name : IEquatable<X500Name>
{
    private readonly string[] parts;

    private X500Name(string text, string[] parts) => (Text, this.parts) = (text, parts);

    public string Text { get; }

    public static object? Parse(string text)
    {
        var parts = Split(text, ',');
        for (var i = 0; i < parts.Count; i++)
        {
            var pairs = Split(parts[i], '+');
            for (var j = 0; j < pairs.Count; j++)
            {
                var at = pairs[j].IndexOf('=', StringComparison.Ordinal);
                if (at <= 0)
                    return null;
                pairs[j] = $"{pairs[j][..at].Trim()}={Collapse(pairs[j][(at + 1)..])}".ToLowerInvariant();
            }
            pairs.Sort(StringComparer.Ordinal);
            parts[i] = string.Join('+', pairs);
        }
        return new X500Name(text, [.. parts]);
    }

    /// <summary>Whether this name is the end of the other one.</summary>
    public bool IsSuffixOf(X500Name other) =>
        parts.Length <= other.parts.Length && parts.AsSpan().SequenceEqual(other.parts.AsSpan(other.parts.Length - parts.Length));

    public bool Equals(X500Name? other) => other is not null && parts.AsSpan().SequenceEqual(other.parts);

    public override bool Equals(object? obj) => Equals(obj as X500Name);

    public override int GetHashCode() => parts.Length == 0 ? 0 : parts[0].GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    private static string Collapse(string text) =>
        string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var start = 0;
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                quoted = !quoted;
            }
            else if (text[i] == separator && !quoted)
            {
                parts.Add(text[start..i].Trim());
                start = i + 1;
            }
        }
        parts.Add(text[start..].Trim());
        return parts;
    }
}
