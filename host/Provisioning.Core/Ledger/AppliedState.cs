namespace Provisioning.Core.Ledger;

/// <summary>The state of the account at the target, as far as the target reported it. The numbers are stored.</summary>
public enum AppliedState
{
    /// <summary>Nothing was ever applied.</summary>
    None = 0,
    Present = 1,
    Disabled = 2,
    Absent = 3,
}
