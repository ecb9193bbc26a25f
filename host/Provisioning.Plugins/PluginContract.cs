using System.Globalization;

namespace Provisioning.Plugins;

/// <summary>The version of the connector contract: a new capability is a minor version, a break a major one.</summary>
public sealed record PluginContract(int Major, int Minor)
{
    public static readonly PluginContract Host = new(1, 3);

    public static PluginContract? TryParse(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 2 && Number(parts[0]) is { } major && Number(parts[1]) is { } minor ? new(major, minor) : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
