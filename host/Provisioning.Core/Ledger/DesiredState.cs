namespace Provisioning.Core.Ledger;

/// <summary>What should be at the target. The numbers are stored.</summary>
public enum DesiredState
{
    Present = 0,
    Disabled = 1,
    Absent = 2,
}
