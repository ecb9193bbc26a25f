using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Provisioning.Xacml;

/// <summary>An IPv4 or IPv6 address, optionally with a mask and ports (XACML 3.0 core, A.2).</summary>
/// <param name="Address">The address.</param>
/// <param name="Mask">The mask, if any.</param>
/// <param name="Ports">The ports.</param>
public sealed record IpAddress(IPAddress Address, IPAddress? Mask, PortRange Ports)
{
    private static readonly SearchValues<char> Ipv4Characters = SearchValues.Create("0123456789.");

    private string Text { get; init; } = "";

    /// <summary>Reads an address such as 10.0.0.1/255.0.0.0:80-90 or [2001:db8::1]/[ffff::]:80.</summary>
    /// <param name="text">The lexical form.</param>
    /// <param name="value">The address.</param>
    /// <returns>Whether the text is an address.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, [MaybeNullWhen(false)] out IpAddress value)
    {
        value = null;
        var rest = text;
        IPAddress? mask = null;
        if (!Take(ref rest, out var address)) return false;
        if (rest.StartsWith('/'))
        {
            rest = rest[1..];
            if (!Take(ref rest, out mask) || mask.AddressFamily != address.AddressFamily) return false;
        }

        var ports = default(PortRange);
        if (!rest.IsEmpty && (rest[0] != ':' || !PortRange.TryParse(rest[1..], out ports))) return false;
        value = new(address, mask, ports) { Text = text.ToString() };
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(IpAddress? other) =>
        other is not null && Address.Equals(other.Address) && Equals(Mask, other.Mask) && Ports == other.Ports;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Address, Mask, Ports);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static bool Take(ref ReadOnlySpan<char> rest, [MaybeNullWhen(false)] out IPAddress address)
    {
        address = null;
        if (rest.StartsWith('['))
        {
            var end = rest.IndexOf(']');
            if (end < 0 || rest[1..end].Contains('%') || !IPAddress.TryParse(rest[1..end], out address)) return false;
            rest = rest[(end + 1)..];
            return address.AddressFamily == AddressFamily.InterNetworkV6;
        }

        var stop = rest.IndexOfAny('/', ':');
        var digits = stop < 0 ? rest : rest[..stop];
        // .NET also takes fewer than four parts, and hexadecimal ones.
        if (digits.Count('.') != 3 || digits.ContainsAnyExcept(Ipv4Characters) || HasLeadingZero(digits) || !IPAddress.TryParse(digits, out address)) return false;
        rest = rest[digits.Length..];
        return true;
    }

    // .NET takes such a number for an octal one, others take it for a decimal one.
    private static bool HasLeadingZero(ReadOnlySpan<char> digits)
    {
        foreach (var range in digits.Split('.'))
        {
            if (digits[range] is ['0', _, ..]) return true;
        }

        return false;
    }
}
