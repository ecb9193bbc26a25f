using System.Globalization;

namespace Provisioning.Host.Health;

/// <summary>What is wrong, one sentence each, in the form that the framework's results have.</summary>
internal static class HealthDetails
{
    public static Dictionary<string, object> Of(IEnumerable<object> sentences) =>
        sentences.Select((x, i) => (i, x)).ToDictionary(x => x.i.ToString(CultureInfo.InvariantCulture), x => x.x, StringComparer.Ordinal);
}
