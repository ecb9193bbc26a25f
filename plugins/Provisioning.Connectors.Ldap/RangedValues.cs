using System.Globalization;

namespace Provisioning.Connectors.Ldap;

/// <summary>
/// Reads an attribute that a directory gives out in ranges: Active Directory answers <c>member;range=0-1499</c> to a
/// request for <c>member</c>, and <c>member;range=1500-*</c> when the rest fits.
/// </summary>
internal static class RangedValues
{
    /// <param name="attribute">The plain name of the attribute.</param>
    /// <param name="read">Reads the attributes of the entry; the argument is the name to ask for.</param>
    public static List<string> ReadAll(string attribute, Func<string, IReadOnlyDictionary<string, IReadOnlyList<string>>> read)
    {
        var all = new List<string>();
        var wanted = attribute;
        while (true)
        {
            var answer = read(wanted);
            if (answer.TryGetValue(attribute, out var plain) && plain.Count > 0)
            {
                all.AddRange(plain);
                return all;
            }

            var prefix = attribute + ";range=";
            var ranged = answer.Keys.FirstOrDefault(name => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
            if (ranged is null)
                return all;
            all.AddRange(answer[ranged]);
            var last = ranged[(ranged.LastIndexOf('-') + 1)..];
            if (last == "*")
                return all;
            if (!int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var end) || end + 1 != all.Count)
                throw new ConnectorException(FailureKind.Transient, $"the directory answered '{ranged}' after {all.Count} values of '{attribute}'");
            wanted = string.Create(CultureInfo.InvariantCulture, $"{prefix}{end + 1}-*");
        }
    }
}
