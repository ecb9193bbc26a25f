using System.Net;
using System.Net.Sockets;
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
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => Unresolved(failure),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } =>
                new ConnectorException(FailureKind.Transient, "the target cannot be reached", failure),
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError, StatusCode: HttpStatusCode.ProxyAuthenticationRequired } =>
                new ConnectorException(FailureKind.Misconfigured, "the proxy refuses the credentials of the host; see 'proxyUserName'", failure),
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } =>
                new ConnectorException(FailureKind.Transient, "the proxy refused to connect to the target", failure),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => Secure(failure),
            OperationCanceledException => new ConnectorException(uncertain, "the target did not answer in time", failure),
            InvalidDataException => new ConnectorException(uncertain, failure.Message, failure),
            _ => new ConnectorException(uncertain, "the connection was lost before the answer was complete", failure),
        };
    }

    // A name server that does not answer will; one that answers "no such name" says that the address is wrong.
    private static ConnectorException Unresolved(Exception failure) =>
        failure.InnerException is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData }
            ? new ConnectorException(FailureKind.Misconfigured, "the name of the target does not exist; check the address", failure)
            : new ConnectorException(FailureKind.Transient, "the name of the target cannot be resolved", failure);

    // A certificate that does not convince today will not tomorrow: a person has to look.
    private static ConnectorException Secure(Exception failure) => failure.InnerException is AuthenticationException refused
        ? new ConnectorException(FailureKind.Misconfigured, refused.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase)
            ? "the certificate of the target is not trusted; see 'certificateAuthorities'"
            : "the target refuses a secure connection; see 'clientCertificate', and whether the address is right", failure)
        : new ConnectorException(FailureKind.Transient, "no secure connection to the target could be made", failure);
}
