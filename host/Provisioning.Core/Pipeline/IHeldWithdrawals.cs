namespace Provisioning.Core.Pipeline;

/// <summary>
/// Accounts that policies or bindings would take away, but that wait for somebody's approval: while they wait, they do not go one by
/// one either, with the next update of each user.
/// </summary>
public interface IHeldWithdrawals
{
    bool Holds(string identityProvider, string resourceId);
}
