namespace Provisioning.Core.Reconciling;

/// <summary>What is done about what a reconciliation finds. The numbers are stored.</summary>
public enum ReconciliationMode
{
    /// <summary>Nothing.</summary>
    Report = 0,

    /// <summary>Assignments whose account is not as it should be are tried again by the usual way.</summary>
    Repair = 1,

    /// <summary>Accounts of users who should have one, and of whom we know none, are linked. Nothing is taken away.</summary>
    Adopt = 2,
}
