namespace Provisioning.Core.Targets;

/// <summary>Shares out the starts of operations at a target over all who call it.</summary>
public interface IPace
{
    /// <summary>Reserves starts that follow each other at the rate.</summary>
    /// <param name="key">What the rate is for.</param>
    /// <param name="ahead">Somebody waits: goes before the starts that others have reserved, and makes up for it later at their cost.</param>
    /// <returns>How long to wait for the first of them.</returns>
    ValueTask<TimeSpan> ReserveAsync(string key, double perSecond, int count, bool ahead, CancellationToken cancellationToken);
}
