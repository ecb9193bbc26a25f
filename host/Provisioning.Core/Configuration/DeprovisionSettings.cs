using System.ComponentModel;

namespace Provisioning.Core.Configuration;

/// <summary>What happens to an account whose user is not assigned any more.</summary>
public sealed record DeprovisionSettings
{
    [Description("Default disable.")]
    public DeprovisionAction Action { get; init; } = DeprovisionAction.Disable;

    [Description("How long to wait before, ISO 8601. Re-entry within it cancels. Default P0D.")]
    public TimeSpan GracePeriod { get; init; }
}
