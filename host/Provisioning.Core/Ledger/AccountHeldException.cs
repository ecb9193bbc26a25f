namespace Provisioning.Core.Ledger;

/// <summary>An account is that of another user or group who is to keep it. Nothing was stored.</summary>
public sealed class AccountHeldException(string accountId, string holder) : Exception($"account '{accountId}' is that of '{holder}' already");
