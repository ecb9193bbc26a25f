namespace Provisioning.Core.Ledger;

/// <summary>
/// A create was sent and its answer never came. Attempts that follow look for the account, but a target may carry the create out later
/// than that: the target is looked at again for as long as such a thing was ever seen to take.
/// </summary>
/// <param name="AssignmentId">Whose account it would be.</param>
/// <param name="Since">When the doubt began.</param>
/// <param name="Looks">How often the target has been looked at.</param>
public sealed record UnheardCreate(string AssignmentId, string IdentityProvider, DateTimeOffset Since, int Looks)
{
    private static readonly TimeSpan[] After =
    [
        TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(3), TimeSpan.FromDays(1),
    ];

    public static DateTimeOffset FirstLook(DateTimeOffset since) => since + After[0];

    /// <summary>When to look again after this look; null when that was the last one.</summary>
    public DateTimeOffset? NextLook => Looks + 1 < After.Length ? Since + After[Looks + 1] : null;
}
