namespace Provisioning.Core.Ledger;

/// <summary>Why an assignment is parked. The numbers are stored.</summary>
public enum ParkedBecause
{
    /// <summary>The target refused it, and would refuse it again.</summary>
    Refused = 0,

    /// <summary>It failed for too long or too often.</summary>
    GaveUp = 1,

    /// <summary>The mapping failed: nothing could be sent.</summary>
    NotMapped = 2,

    /// <summary>Somebody parked it.</summary>
    ByHand = 3,
}
