using Provisioning.Core.Ledger;

namespace Provisioning.Core.Converging;

/// <summary>The assignment that has an account, or a name, that another one wants.</summary>
/// <param name="IsLiving">It belongs to a user or group who exists and keeps it.</param>
internal sealed record AccountHolder(Assignment Assignment, bool IsLiving);
