using Provisioning.Core.Configuration;

namespace Provisioning.Core.Ledger;

/// <summary>Due times are moments of the wall clock. After the clock was set back they lie further ahead than anybody meant.</summary>
public interface IDueTimes
{
    /// <summary>
    /// Brings forward what was written under a clock that was ahead: work is due now, a grace period is at most as long as it is configured, and
    /// the pause of a target that failed ends. What lies ahead for any other reason stays.
    /// </summary>
    /// <param name="provider">The identity provider whose work, target and settings they are.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <returns>How many assignments were brought forward.</returns>
    Task<long> BringForwardAsync(IdentityProvider provider, CancellationToken cancellationToken);
}
