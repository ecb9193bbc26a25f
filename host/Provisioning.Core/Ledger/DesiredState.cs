namespace Provisioning.Core.Ledger;

/// <summary>What should be at the target.</summary>
public enum DesiredState
{
    Present,
    Disabled,
    Absent,
}
