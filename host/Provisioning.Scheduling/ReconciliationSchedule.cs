using Quartz;

namespace Provisioning.Scheduling;

/// <summary>What a schedule of reconciliations may look like.</summary>
public static class ReconciliationSchedule
{
    /// <summary>True for a cron expression with seconds, in Quartz's form.</summary>
    public static bool IsValid(string text)
    {
        try
        {
            return CronExpression.Parse(text).GetNextValidTimeAfter(DateTimeOffset.UnixEpoch) is not null;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
