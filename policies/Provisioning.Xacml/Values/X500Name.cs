using System.Diagnostics.CodeAnalysis;

namespace Provisioning.Xacml;

/// <summary>A distinguished name. Names are equal if their parts are, by the rules of RFC 2253 and RFC 3280, section 4.1.2.4.</summary>
public sealed class X500Name : IEquatable<X500Name>
{
    private readonly string _text;

    // From the leaf to the root, each in canonical form.
    private readonly string[] _parts;

    private X500Name(string text, string[] parts) => (_text, _parts) = (text, parts);

    /// <summary>Reads a name.</summary>
    /// <param name="text">The string form of RFC 2253, such as CN=Ann,O=Example.</param>
    /// <param name="value">The name.</param>
    /// <returns>Whether the text is a name.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, [MaybeNullWhen(false)] out X500Name value)
    {
        var name = text.ToString();
        var parts = X500Parser.Parse(name);
        value = parts is null ? null : new(name, parts);
        return parts is not null;
    }

    /// <summary>Whether this name ends another one (A.3.14).</summary>
    internal bool IsEndOf(X500Name other) => other._parts.AsSpan().EndsWith(_parts);

    /// <inheritdoc/>
    public bool Equals(X500Name? other) => other is not null && _parts.AsSpan().SequenceEqual(other._parts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as X500Name);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var part in _parts) hash.Add(part);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => _text;
}
