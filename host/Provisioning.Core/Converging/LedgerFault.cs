using Provisioning.Connectors;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Converging;

/// <summary>The host's own database failed in the middle of an attempt. That is no fault of the target, and none of the connector.</summary>
internal sealed class LedgerFault(Exception cause) : Exception($"the host's database did not answer: {cause.Message}", cause)
{
    /// <summary>Tells whatever the database does wrong from what a target does wrong.</summary>
    /// <exception cref="LedgerFault" />
    public static async Task<T> NamedAsync<T>(Task<T> question)
    {
        await NamedAsync((Task)question);
        return await question;
    }

    /// <inheritdoc cref="NamedAsync{T}(Task{T})" />
    public static async Task NamedAsync(Task question)
    {
        try
        {
            await question;
        }
        catch (Exception exception) when (exception is not (ConnectorException or LeaseLostException or AccountHeldException or OperationCanceledException))
        {
            throw new LedgerFault(exception);
        }
    }
}
