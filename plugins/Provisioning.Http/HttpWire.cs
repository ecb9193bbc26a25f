using Provisioning.Connectors;

namespace Provisioning.Http;

/// <summary>Sends one message and reads its whole answer: bounded in size and time, failures classified.</summary>
public sealed class HttpWire : IDisposable
{
    private const int MaximumAnswer = 16 * 1024 * 1024;

    private readonly HttpClient _http;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;

    /// <summary>Opens nothing: the first message connects.</summary>
    /// <param name="settings">Proxy and certificates.</param>
    /// <param name="timeout">How long one exchange may take.</param>
    /// <param name="context">The folder of relative files, and the clock.</param>
    /// <exception cref="ConnectorException"><see cref="FailureKind.Misconfigured"/> when a setting is unusable.</exception>
    public HttpWire(ConnectionSettings settings, TimeSpan timeout, ConnectorContext context)
    {
        if (timeout <= TimeSpan.Zero)
            throw new ConnectorException(FailureKind.Misconfigured, "timeout must be positive");
        (_timeout, _time) = (timeout, context.Time);
        _http = new HttpClient(HttpHandlers.Create(settings, context.BaseDirectory)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Sends; every answer is returned, refusals too.</summary>
    /// <param name="message">The message.</param>
    /// <param name="creates">True when a lost answer leaves open whether an object was created.</param>
    /// <param name="cancellationToken">The caller's cancellation; it passes through as such.</param>
    /// <exception cref="ConnectorException">When there is no whole answer.</exception>
    public async Task<HttpAnswer> SendAsync(HttpRequestMessage message, bool creates, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        HttpResponseMessage? response = null;
        try
        {
            response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, both.Token);
            return new HttpAnswer(response, await ReadAsync(response.Content, both.Token), _time);
        }
        catch (Exception failure)
        {
            if (cancellationToken.IsCancellationRequested && failure is OperationCanceledException)
                throw;
            // The status of a refusal is known even if its text is lost.
            if (response is { IsSuccessStatusCode: false })
                return new HttpAnswer(response, null, _time);
            throw TransportFailure.From(failure, creates);
        }
        finally
        {
            response?.Dispose();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private static async Task<AnswerText?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (buffer.Length + read > MaximumAnswer)
                throw new InvalidDataException($"the answer is larger than {MaximumAnswer / 1024 / 1024} MiB");
            buffer.Write(chunk, 0, read);
        }

        return buffer.Length == 0 ? null : AnswerText.Read(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
