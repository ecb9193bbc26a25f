namespace Provisioning.Core.Ledger;

/// <summary>Another host works on the assignment by now: no further call is made, and nothing is recorded.</summary>
public sealed class LeaseLostException() : Exception("another host took the assignment over");
