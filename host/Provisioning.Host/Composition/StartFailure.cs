using System.Net.Sockets;
using Provisioning.Host.Configuration;
using Provisioning.Xacml;

namespace Provisioning.Host.Composition;

/// <summary>What the operator reads when the host ends by a failure.</summary>
internal static class StartFailure
{
    /// <summary>A sentence for what an operator can put right. Anything else is a fault of the program, and is shown with its stack.</summary>
    public static string Describe(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [var one] } => Describe(one),
        StartException or ConfigurationException or PolicyException or SecretException or IOException or UnauthorizedAccessException or SocketException
            or OperationCanceledException => exception.Message,
        _ => $"the host ended by a fault of its own; please report it:{Environment.NewLine}{exception}",
    };
}
