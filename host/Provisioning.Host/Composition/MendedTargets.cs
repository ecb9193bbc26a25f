using Microsoft.Extensions.Logging;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Targets;

namespace Provisioning.Host.Composition;

/// <summary>Has identity providers probed at once whose settings or secrets changed: what waits for that goes on by itself.</summary>
internal sealed partial class MendedTargets(TargetGate gate, IWakeUp wakeUp, ILogger<MendedTargets> logger)
{
    /// <summary>Returns at once; a database that is away costs no more than the shorter wait.</summary>
    public void Reconsider(IReadOnlyCollection<string> identityProviders)
    {
        if (identityProviders.Count > 0)
            _ = Task.Run(() => ReconsiderAsync(identityProviders));
    }

    private async Task ReconsiderAsync(IReadOnlyCollection<string> identityProviders)
    {
        try
        {
            await gate.ReconsiderAsync(identityProviders, CancellationToken.None);
            foreach (var name in identityProviders)
                wakeUp.Wake(name);
        }
        catch (Exception exception)
        {
            LogLater(string.Join("', '", identityProviders), exception.Message);
        }
    }

    [LoggerMessage(5006, LogLevel.Warning, "settings of '{IdentityProviders}' changed; what waits there goes on when its pause is over: {Reason}")]
    private partial void LogLater(string identityProviders, string reason);
}
