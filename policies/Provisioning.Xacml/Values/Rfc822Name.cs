using System.Diagnostics.CodeAnalysis;

namespace Provisioning.Xacml;

/// <summary>A mail address. The domain's case does not count, that of the local part does.</summary>
public sealed class Rfc822Name : IEquatable<Rfc822Name>
{
    private readonly string _text;
    private readonly int _at;

    private Rfc822Name(string text, int at) => (_text, _at) = (text, at);

    private ReadOnlySpan<char> Local => _text.AsSpan(0, _at);

    private ReadOnlySpan<char> Domain => _text.AsSpan(_at + 1);

    /// <summary>Reads an address.</summary>
    /// <param name="text">local-part@domain.</param>
    /// <param name="value">The address.</param>
    /// <returns>Whether the text is an address.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, [MaybeNullWhen(false)] out Rfc822Name value)
    {
        var at = text.LastIndexOf('@');
        var valid = at > 0 && MailSyntax.IsLocal(text[..at]) && MailSyntax.IsDomain(text[(at + 1)..]);
        value = valid ? new(text.ToString(), at) : null;
        return valid;
    }

    /// <summary>Whether a pattern matches: a whole address, a domain, or what ends one if it starts with a dot (A.3.14).</summary>
    internal bool Matches(string pattern)
    {
        if (pattern.Contains('@', StringComparison.Ordinal)) return TryParse(pattern, out var whole) && Equals(whole);
        return pattern.StartsWith('.')
            ? Domain.EndsWith(pattern, StringComparison.OrdinalIgnoreCase)
            : Domain.Equals(pattern, StringComparison.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    public bool Equals(Rfc822Name? other) => other is not null
        && Local.Equals(other.Local, StringComparison.Ordinal) && Domain.Equals(other.Domain, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Rfc822Name);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(string.GetHashCode(Local), string.GetHashCode(Domain, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public override string ToString() => _text;
}
