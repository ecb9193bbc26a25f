using Provisioning.Core.Targets;

namespace Provisioning.Storage.Tests;

/// <summary>Notes each turn that is asked for among the calls to the target. No time passes until it comes.</summary>
internal sealed class NotedPace(List<string> calls) : IPace
{
    public ValueTask<TimeSpan> ReserveAsync(string key, double perSecond, int count, bool ahead, CancellationToken cancellationToken)
    {
        calls.Add($"turn of {key}");
        return ValueTask.FromResult(TimeSpan.Zero);
    }
}
