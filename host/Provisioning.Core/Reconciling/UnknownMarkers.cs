using Provisioning.Connectors;

namespace Provisioning.Core.Reconciling;

/// <summary>
/// Counts accounts that carry a marker of ours and belong to nobody we know. A few are left over from long ago; many mean that our database is
/// older than the target, or another one.
/// </summary>
internal sealed class UnknownMarkers
{
    private const int Many = 10;

    // Of a small target a tenth is many.
    private const int Part = 10;

    private long _all;
    private long _unknown;

    /// <summary>A sentence for an operator; null if there are few.</summary>
    public string? Warning => _unknown > 0 && (_unknown >= Many || _unknown * Part >= _all)
        ? $"{_unknown} of {_all} accounts carry a marker of this system and belong to nobody it knows: its database may be older than the target, for example a restored backup"
        : null;

    public void Listed(int accounts) => _all += accounts;

    /// <param name="account">An account whose marker is no user's and no group's that we know.</param>
    public void Stranger(Account account)
    {
        // Our ids have this form; others write markers as well.
        if (Guid.TryParse(account.OwnershipMarker, out _))
            _unknown++;
    }
}
