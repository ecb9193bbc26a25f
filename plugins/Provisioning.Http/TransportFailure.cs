using System.Security.Authentication;
using Provisioning.Connectors;

namespace Provisioning.Http;

/// <summary>What it means that no whole answer arrived.</summary>
internal static class TransportFailure
{
    public static ConnectorException From(Exception failure, bool creates)
    {
        var uncertain = creates ? FailureKind.Ambiguous : FailureKind.Transient;
        return failure switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
                new ConnectorException(FailureKind.Transient, "the name of the target cannot be resolved", failure),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } =>
                new ConnectorException(FailureKind.Transient, "the target cannot be reached", failure),
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } =>
                new ConnectorException(FailureKind.Transient, "the proxy refused to connect to the target", failure),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => Secure(failure),
            OperationCanceledException => new ConnectorException(uncertain, "the target did not answer in time", failure),
            InvalidDataException => new ConnectorException(creates ? FailureKind.Ambiguous : FailureKind.Rejected, failure.Message, failure),
            _ => new ConnectorException(uncertain, "the connection was lost before the answer was complete", failure),
        };
    }

    // A certificate that does not convince today will not tomorrow: a person has to look.
    private static ConnectorException Secure(Exception failure) => failure.InnerException is AuthenticationException refused
        && refused.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase)
            ? new ConnectorException(FailureKind.Unauthorized, "the certificate of the target is not trusted; see 'certificateAuthorities'", failure)
            : new ConnectorException(FailureKind.Transient, "no secure connection to the target could be made", failure);
}
