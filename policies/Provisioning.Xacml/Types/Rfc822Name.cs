namespace Provisioning.Xacml;

/// <summary>A mail address: the domain is compared without regard to case, the local part with it (XACML 3.0, A.3.1).</summary>
internal sealed class Rfc822Name : IEquatable<Rfc822Name>
{
    private Rfc822Name(string text, int at) => (Text, Local, Domain) = (text, text[..at], text[(at + 1)..].ToLowerInvariant());

    public string Text { get; }

    public string Local { get; }

    public string Domain { get; }

    public static object? Parse(string text)
    {
        var at = text.LastIndexOf('@');
        return at <= 0 || at == text.Length - 1 ? null : new Rfc822Name(text, at);
    }

    /// <summary>Matches a whole address, a domain, or with a leading dot everything below a domain.</summary>
    public bool Matches(string pattern)
    {
        if (pattern.Contains('@', StringComparison.Ordinal))
            return Parse(pattern) is Rfc822Name other && Equals(other);
        var domain = pattern.ToLowerInvariant();
        return domain.StartsWith('.') ? Domain.EndsWith(domain, StringComparison.Ordinal) : Domain == domain;
    }

    public bool Equals(Rfc822Name? other) => other is not null && Local == other.Local && Domain == other.Domain;

    public override bool Equals(object? obj) => Equals(obj as Rfc822Name);

    public override int GetHashCode() => HashCode.Combine(Local, Domain);

    public override string ToString() => Text;
}
