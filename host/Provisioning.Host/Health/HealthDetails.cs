using System.Globalization;

namespace Provisioning.Host.Health;

/// <summary>Carries the problems, one sentence each, in the data of a framework health result.</summary>
internal static class HealthDetails
{
    public static Dictionary<string, object> Of(IEnumerable<object> sentences) =>
        sentences.Select((x, i) => (i, x)).ToDictionary(x => x.i.ToString(CultureInfo.InvariantCulture), x => x.x, StringComparer.Ordinal);
}
