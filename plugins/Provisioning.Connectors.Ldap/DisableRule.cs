using System.DirectoryServices.Protocols;
using System.Globalization;

namespace Provisioning.Connectors.Ldap;

/// <summary>Reads and writes whether an account is disabled.</summary>
internal sealed class DisableRule(DisableSettings settings)
{
    public string Attribute => settings.Attribute;

    public bool IsEnabled(SearchResultEntry entry)
    {
        var value = Value(entry);
        if (settings.Bit is not { } bit)
            return !string.Equals(value, settings.DisabledValue, StringComparison.OrdinalIgnoreCase);
        return (Number(value) & bit) == 0;
    }

    /// <summary>What to write into a new entry, or null for nothing.</summary>
    public string? Initial(bool enabled) => settings.Bit is { } bit
        ? Text(enabled ? settings.InitialValue & ~bit : settings.InitialValue | bit)
        : enabled ? settings.EnabledValue : settings.DisabledValue;

    /// <summary>What to change on an entry; nothing when it is so already.</summary>
    public IEnumerable<DirectoryAttributeModification> Change(SearchResultEntry entry, bool enabled)
    {
        if (IsEnabled(entry) == enabled)
            yield break;
        if (settings.Bit is { } bit)
        {
            // Old value out and new value in: other bits that somebody else changes at this moment are not lost.
            var before = Value(entry);
            if (before is not null)
                yield return Modification(DirectoryAttributeOperation.Delete, before);
            var now = before is null ? settings.InitialValue : Number(before);
            yield return Modification(DirectoryAttributeOperation.Add, Text(enabled ? now & ~bit : now | bit));
        }
        else
        {
            yield return Modification(DirectoryAttributeOperation.Replace, enabled ? settings.EnabledValue : settings.DisabledValue);
        }
    }

    private static int Number(string? value) => int.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string? Value(SearchResultEntry entry) => EntryValues.First(entry.Attributes[Attribute]);

    private DirectoryAttributeModification Modification(DirectoryAttributeOperation operation, string? value)
    {
        var modification = new DirectoryAttributeModification { Name = Attribute, Operation = operation };
        if (value is not null)
            modification.Add(value);
        return modification;
    }
}
