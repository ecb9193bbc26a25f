namespace Provisioning.Plugins;

/// <summary>
/// The host contracts a plugin works with. <c>1.2</c> is this minor version and every later one of the same major version;
/// <c>1.2-1.4</c> ends at 1.4.
/// </summary>
/// <param name="Least">The contract it was made for.</param>
/// <param name="Most">The last contract it works with; null for all of the same major version.</param>
public sealed record ContractRange(PluginContract Least, PluginContract? Most = null)
{
    /// <summary>Reads a range; null if the text is none.</summary>
    public static ContractRange? TryParse(string text)
    {
        var ends = text.Split('-');
        if (ends.Length > 2 || PluginContract.TryParse(ends[0]) is not { } least)
            return null;
        if (ends.Length == 1)
            return new(least);
        return PluginContract.TryParse(ends[1]) is { } most && most.Major == least.Major && most.Minor >= least.Minor ? new(least, most) : null;
    }

    /// <summary>Whether a plugin with this range works in a host with that contract.</summary>
    public bool Contains(PluginContract host) =>
        host.Major == Least.Major && host.Minor >= Least.Minor && (Most is null || host.Minor <= Most.Minor);

    /// <inheritdoc />
    public override string ToString() => Most is null ? $"{Least}" : $"{Least}-{Most}";
}
