using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Connectors;
using Provisioning.Core.Converging;

namespace Provisioning.Core.Pipeline;

/// <summary>
/// Hands a first password to accounts that were made while the caller waits. It is kept nowhere: an account that is made later, or that was there before, gets none.
/// </summary>
public sealed class FirstPasswords(IConnectorSource connectors, TimeProvider time)
{
    public async Task<PasswordOutcome> SetAsync(AssignmentOutcome outcome, IdentityProvider provider, Secret password)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(provider);
        if (!outcome.Blocking)
            return PasswordOutcome.NotAwaited;
        if (outcome is not { Created: true, Assignment.AccountId: { } account })
            return PasswordOutcome.NotCreated;
        var limit = provider.Limits.OperationTimeout;
        using var deadline = new CancellationTokenSource(limit, time);
        try
        {
            using var hold = connectors.Acquire(provider);
            if (hold.Connector is not ISetPasswords connector)
                return new PasswordOutcome(false, $"connector '{provider.Connector}' cannot set passwords");
            var context = new OperationContext(outcome.Assignment.Id, 1, time.GetUtcNow() + limit, static _ => { });
            await connector.SetPasswordAsync(account, password, context, deadline.Token);
            return PasswordOutcome.Set;
        }
        catch (Exception exception)
        {
            // A message of the target might repeat what it was sent.
            return new PasswordOutcome(false, Failure.From(exception).Message.Replace(password.Reveal(), "***", StringComparison.Ordinal));
        }
    }
}
