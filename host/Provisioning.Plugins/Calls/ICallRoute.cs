using Provisioning.Connectors;

namespace Provisioning.Plugins.Calls;

/// <summary>A way to a connector: directly, or to another process.</summary>
internal interface ICallRoute : IAsyncDisposable
{
    bool NamesAreUnique { get; }

    /// <summary>The capability interfaces that the connector implements.</summary>
    IReadOnlyCollection<Type> Capabilities { get; }

    Task<CallResult> CallAsync(ConnectorCall call, OperationContext context, CancellationToken cancellationToken);

    IAsyncEnumerable<CallResult> StreamAsync(ConnectorCall call, OperationContext context, CancellationToken cancellationToken);
}
