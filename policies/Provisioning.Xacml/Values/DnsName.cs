using System.Diagnostics.CodeAnalysis;

namespace Provisioning.Xacml;

/// <summary>A DNS name, optionally with ports; a star may stand for the leftmost part (XACML 3.0 core, A.2).</summary>
public sealed class DnsName : IEquatable<DnsName>
{
    private readonly string _text;

    private DnsName(string text, string host, PortRange ports)
    {
        _text = text;
        Host = host;
        Ports = ports;
    }

    /// <summary>The host's name; its case does not count.</summary>
    public string Host { get; }

    /// <summary>The ports.</summary>
    public PortRange Ports { get; }

    /// <summary>Reads a name such as *.example.org:80-90.</summary>
    /// <param name="text">The lexical form.</param>
    /// <param name="value">The name.</param>
    /// <returns>Whether the text is a name.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, [MaybeNullWhen(false)] out DnsName value)
    {
        value = null;
        var colon = text.IndexOf(':');
        var host = colon < 0 ? text : text[..colon];
        var ports = default(PortRange);
        if (!IsHost(host) || (colon >= 0 && !PortRange.TryParse(text[(colon + 1)..], out ports))) return false;
        value = new(text.ToString(), host.ToString(), ports);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(DnsName? other) =>
        other is not null && string.Equals(Host, other.Host, StringComparison.OrdinalIgnoreCase) && Ports == other.Ports;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DnsName);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(string.GetHashCode(Host, StringComparison.OrdinalIgnoreCase), Ports);

    /// <inheritdoc/>
    public override string ToString() => _text;

    // RFC 2396, section 3.2.2: labels of letters, digits and inner hyphens, of which the last starts with a letter; an address is no name.
    private static bool IsHost(ReadOnlySpan<char> host)
    {
        if (host.StartsWith("*.")) host = host[2..];
        if (host.EndsWith('.')) host = host[..^1];
        if (host.IsEmpty || host.EndsWith('.') || !char.IsAsciiLetter(host[host.LastIndexOf('.') + 1])) return false;
        foreach (var range in host.Split('.'))
        {
            if (!IsLabel(host[range])) return false;
        }

        return true;
    }

    private static bool IsLabel(ReadOnlySpan<char> label)
    {
        if (label.IsEmpty || label[0] == '-' || label[^1] == '-') return false;
        foreach (var c in label)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-') return false;
        }

        return true;
    }
}
