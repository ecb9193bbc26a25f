using Provisioning.Core.Configuration;
using Provisioning.Core.Converging;

namespace Provisioning.Core.Tests;

internal static class ConvergeResults
{
    /// <summary>The calls that were made, as the history shows them.</summary>
    public static string Made(this ConvergeResult result) => string.Join(", ", result.Operations.Select(x => x.Name()));
}
