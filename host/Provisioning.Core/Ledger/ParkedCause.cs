using Provisioning.Connectors;

namespace Provisioning.Core.Ledger;

/// <summary>Parked assignments of one identity provider that have their cause in common.</summary>
/// <param name="Kind">Null when somebody parked them.</param>
/// <param name="Cause">As of <see cref="Ledger.Cause"/>.</param>
/// <param name="Example">Id of one of them.</param>
public sealed record ParkedCause(string IdentityProvider, FailureKind? Kind, string Cause, long Count, string Example);
