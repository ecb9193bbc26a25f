namespace Provisioning.Core.Ledger;

/// <summary>
/// Holds withdrawals of accounts when one service provider takes too many away within a window: by deleting or deactivating users, or by
/// changing a group that gives access. Counted in the transaction that stores the plans, so that requests at the same moment count together.
/// </summary>
/// <param name="ServiceProvider">Whose withdrawals count together.</param>
/// <param name="Since">The begin of the window.</param>
/// <param name="Most">How many may go in the window.</param>
/// <param name="IfHeld">What is desired instead, so that other changes reach the account; null to leave everything as it is.</param>
public sealed record WithdrawalGuard(string ServiceProvider, DateTimeOffset Since, long Most, AssignmentPlan? IfHeld);
