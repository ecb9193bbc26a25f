using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Provisioning.Host.Composition;

namespace Provisioning.Host.Cli;

/// <summary>Talks to the running host with its own token, both found in the data folder.</summary>
internal sealed class HostClient : IDisposable
{
    private readonly HttpClient _http;

    private HostClient(HttpClient http) => _http = http;

    /// <exception cref="InvalidOperationException">No host has run on this data folder.</exception>
    public static HostClient Open(string data)
    {
        var token = Path.Combine(data, "secrets", "resident");
        if (HostFile.Read(data) is not { } url || !File.Exists(token))
            throw new InvalidOperationException($"no host has run on the data folder '{data}'; name the right one with --data");
        // The address is one of this machine, for which no certificate is made out.
        var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };
        var http = new HttpClient(handler) { BaseAddress = new Uri(url), Timeout = TimeSpan.FromMinutes(10) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(token).Trim());
        return new HostClient(http);
    }

    /// <summary>Runs a command with a client; expected failures end as one line and exit code 1.</summary>
    public static Task<int> WithAsync(string data, Func<HostClient, Task> action) => CommandLine.GuardAsync(async () =>
    {
        using var client = Open(data);
        await action(client);
    });

    public static string Query(params (string Name, string? Value)[] parts)
    {
        var set = parts.Where(x => x.Value is not null).Select(x => $"{x.Name}={Uri.EscapeDataString(x.Value!)}").ToList();
        return set.Count == 0 ? "" : "?" + string.Join('&', set);
    }

    /// <exception cref="HostRefusedException">The host answered with a failure.</exception>
    /// <exception cref="InvalidOperationException">The host does not answer.</exception>
    public Task<JsonNode?> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken) =>
        SendTextAsync(method, path, body?.ToJsonString(), cancellationToken);

    /// <inheritdoc cref="SendAsync" />
    public async Task<JsonNode?> SendTextAsync(HttpMethod method, string path, string? text, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (text is not null)
            request.Content = new StringContent(text, Encoding.UTF8, "application/json");
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new InvalidOperationException($"the host at {_http.BaseAddress} does not answer: {exception.Message}", exception);
        }

        using (response)
        {
            var answer = await response.Content.ReadAsStringAsync(cancellationToken);
            var json = answer.Length > 0 && answer[0] is '{' or '[' ? JsonNode.Parse(answer) : null;
            return response.IsSuccessStatusCode ? json : throw new HostRefusedException((int)response.StatusCode, json?["detail"]?.ToString() ?? $"HTTP {(int)response.StatusCode}");
        }
    }

    public void Dispose() => _http.Dispose();
}
