using System.Text.Json.Serialization;

namespace Provisioning.Host.Replanning;

/// <summary>What a changed policy or configuration would take away at one identity provider, and what somebody said to it.</summary>
/// <param name="Revision">Of configuration and policies. An approval holds for this revision only.</param>
/// <param name="Lost">Accounts that would be disabled or deleted.</param>
/// <param name="All">Accounts that are there.</param>
/// <param name="Losses">Which; the first <see cref="MostLosses"/> of them.</param>
internal sealed record HeldPlan(
    string Id, string IdentityProvider, string Revision, DateTimeOffset Created, long Lost, long All, HeldPlanState State, IReadOnlyList<HeldLoss> Losses)
{
    public const int MostLosses = 10_000;

    /// <summary>Service providers took the accounts away. When they give them back, nothing waits any more.</summary>
    public bool ByServiceProviders { get; init; }

    /// <summary>The text in whose place it is stored: what it was read as, or what is read of the plan that it replaces. Null if there was none.</summary>
    [JsonIgnore]
    public string? InPlaceOf { get; init; }

    public static string NewId() => Guid.CreateVersion7().ToString("n")[^8..];

    /// <summary>True if the list is not the whole of it.</summary>
    public bool IsCut => Lost > Losses.Count;
}
