namespace Provisioning.Http;

/// <summary>A way to get a fresh access token, one OAuth 2.0 grant for example. Failures are <see cref="Connectors.ConnectorException"/>s.</summary>
public interface IAccessTokenSource
{
    /// <summary>Fetches a token; never from a cache.</summary>
    Task<AccessToken> RequestAsync(CancellationToken cancellationToken);
}
