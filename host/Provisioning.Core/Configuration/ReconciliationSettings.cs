using System.ComponentModel;
using Provisioning.Core.Reconciling;

namespace Provisioning.Core.Configuration;

/// <summary>How the accounts of a target are compared with what we know of them.</summary>
public sealed record ReconciliationSettings
{
    [Description("When, as a cron expression with seconds, for example 0 0 2 * * ? for every night at two; absent for on demand only.")]
    public string? Schedule { get; init; }

    [Description("Time zone of the schedule, for example Europe/Berlin. Default UTC.")]
    public string TimeZone { get; init; } = "UTC";

    [Description("What a scheduled run does: report (default), repair or adopt.")]
    public ReconciliationMode Mode { get; init; }

    [Description("Attributes that are not compared, because the target writes them in a way of its own; dotted for sub-attributes. Default none.")]
    public IReadOnlyList<string> Ignore { get; init; } = [];

    [Description("What we changed so shortly before a run is not compared: listings of targets lag behind. ISO 8601, default PT1M.")]
    public TimeSpan Settling { get; init; } = TimeSpan.FromMinutes(1);

    [Description("How long a listing may take, ISO 8601. Default PT6H.")]
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromHours(6);

    [Description("Whose account it is, if its marker does not tell: rules in their order. Default userName is the user name.")]
    public IReadOnlyList<CorrelationRule> Correlate { get; init; } = [];
}
