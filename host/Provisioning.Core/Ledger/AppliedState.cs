namespace Provisioning.Core.Ledger;

/// <summary>What is at the target, as far as we were told.</summary>
public enum AppliedState
{
    /// <summary>Nothing was ever applied.</summary>
    None,
    Present,
    Disabled,
    Absent,
}
