using Provisioning.Core.Ledger;
using Provisioning.Host.Configuration;

namespace Provisioning.Host.Composition;

/// <summary>Tells the ledger which identity providers there are: the assignments of the others are left alone.</summary>
internal sealed class Attachments(ConfigurationFolder configuration, ILedger ledger, TimeProvider time)
{
    private string? _attached;

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var current = configuration.Current;
        if (current.Revision == _attached)
            return;
        await ledger.AttachAsync([.. current.IdentityProviders.Select(x => x.Name)], time.GetUtcNow(), cancellationToken);
        _attached = current.Revision;
    }
}
