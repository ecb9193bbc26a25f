using System.Globalization;

namespace Provisioning.Xacml;

/// <summary>The ports of an ipAddress or dnsName: one, up to one, from one, or from one to another.</summary>
/// <param name="From">The first port; null if there is no lower end.</param>
/// <param name="To">The last port; null if there is no upper end.</param>
public readonly record struct PortRange(int? From, int? To)
{
    /// <summary>Reads what stands behind the colon; nothing at all means every port.</summary>
    internal static bool TryParse(ReadOnlySpan<char> text, out PortRange range)
    {
        range = default;
        if (text.IsEmpty) return true;
        var dash = text.IndexOf('-');
        if (dash < 0)
        {
            var valid = Port(text, out var only);
            range = new(only, only);
            return valid;
        }

        int? from = null, to = null;
        if (text.Length == 1 || (dash > 0 && !Port(text[..dash], out from)) || (dash < text.Length - 1 && !Port(text[(dash + 1)..], out to))) return false;
        range = new(from, to);
        return !(from > to);
    }

    private static bool Port(ReadOnlySpan<char> text, out int? port)
    {
        // .NET takes zero characters behind a number for a part of it.
        ushort number = 0;
        var valid = char.IsAsciiDigit(text[^1]) && ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
        port = number;
        return valid;
    }
}
