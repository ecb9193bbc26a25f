using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Reflection;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace Provisioning.Acceptance.Tests;

/// <summary>The host as a process of its own, on a folder of its own.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    public static readonly string Folder = Path.GetFullPath(
        typeof(HostProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(x => x.Key == "HostFolder").Value!);

    private readonly string _arguments;
    private readonly StringBuilder _output = new();
    private Process? _process;

    public HostProcess(string? config = null, string? policies = null, string? database = null, string? plugins = null, string scheme = "http")
    {
        Data = Directory.CreateTempSubdirectory("provisioning-test-").FullName;
        Url = $"{scheme}://127.0.0.1:{FreePort()}";
        _arguments = $"run --data {Data} --urls {Url}" + (config is null ? "" : $" --config {config}") + (policies is null ? "" : $" --policies {policies}") + (database is null ? "" : $" --database \"{database}\"") + (plugins is null ? "" : $" --plugins {plugins}");
    }

    public string Data { get; }

    public string Url { get; }

    /// <summary>It has thousands to serve, and is compiled for that.</summary>
    public bool LivesLong { get; init; }

    /// <summary>Variables beside those of this process.</summary>
    public Dictionary<string, string> Environment { get; init; } = [];

    public int Id => _process!.Id;

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public HttpClient Client(string credential)
    {
        var client = new HttpClient { BaseAddress = new Uri(Url) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(Path.Combine(Data, "secrets", credential)));
        return client;
    }

    public async Task<HostProcess> StartAsync()
    {
        _process = Launch(_arguments, quick: !LivesLong);
        using var client = AnyCertificate();
        for (var i = 0; i < 2400; i++)
        {
            if (_process.HasExited)
                throw new InvalidOperationException("the host stopped: " + Output);
            try
            {
                if ((await client.GetAsync($"{Url}/health/live")).IsSuccessStatusCode)
                    return this;
            }
            catch (HttpRequestException)
            {
            }

            await Task.Delay(50);
        }

        throw new InvalidOperationException("the host did not start: " + Output);
    }

    /// <summary>Runs until the host ends by itself.</summary>
    public async Task<int> RunToEndAsync(string? arguments = null)
    {
        using var process = Launch(arguments ?? _arguments);
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>Runs a command of the executable against this host's data folder.</summary>
    public async Task<(int ExitCode, string Output)> CommandAsync(string arguments, bool withData = true)
    {
        var output = new StringBuilder();
        using var process = Launch(arguments + (withData ? $" --data {Data}" : ""), quick: true, [], line =>
        {
            lock (output)
                output.AppendLine(line);
        });
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        process.WaitForExit();
        return (process.ExitCode, output.ToString());
    }

    /// <summary>Runs a command that must succeed.</summary>
    public async Task<string> DoneAsync(string arguments)
    {
        var (exitCode, output) = await CommandAsync(arguments);
        Assert.True(exitCode == 0, output);
        return output;
    }

    /// <summary>What the commands that list ask the host. A test that waits asks here: a process for each look takes the time of the host.</summary>
    public async Task<JsonArray> ListAsync(string path)
    {
        using var admin = Client("resident");
        return JsonNode.Parse(await admin.GetStringAsync($"/api/admin/{path}"))!.AsArray();
    }

    /// <summary>A client that asks of a certificate only what it is.</summary>
    public static HttpClient AnyCertificate(Action<X509Certificate2?>? seen = null) => new(new HttpClientHandler
    {
        ServerCertificateCustomValidationCallback = (_, certificate, _, _) =>
        {
            seen?.Invoke(certificate);
            return true;
        },
    });

    public Task WaitForOutputAsync(string text) =>
        UntilAsync(() => Task.FromResult(Output.Contains(text, StringComparison.Ordinal)));

    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            await KillAsync();
        _process?.Dispose();
        try
        {
            Directory.Delete(Data, recursive: true);
        }
        catch (IOException)
        {
        }
    }

    public static Task UntilAsync(Func<Task<bool>> condition) =>
        EventuallyAsync(async () => await condition() ? JsonValue.Create(true) : null);

    public static async Task<JsonNode> EventuallyAsync(Func<Task<JsonNode?>> probe)
    {
        for (var i = 0; i < 1200; i++)
        {
            if (await probe() is { } found)
                return found;
            await Task.Delay(100);
        }

        throw new TimeoutException("it did not happen within 2 minutes");
    }

    private Process Launch(string arguments, bool quick = true) => Launch(arguments, quick, Environment, line =>
    {
        lock (_output)
            _output.AppendLine(line);
    });

    private static Process Launch(string arguments, bool quick, Dictionary<string, string> environment, Action<string?> line)
    {
        var start = new ProcessStartInfo(System.Environment.ProcessPath is { } own && Path.GetFileName(own).StartsWith("dotnet", StringComparison.Ordinal) ? own : "dotnet", $"\"{Path.Combine(Folder, "provisioning.dll")}\" {arguments}")
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };

        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        // A host that lives for seconds does little but compile: nothing twice, and without mapping each page of it a second time.
        if (quick)
            (start.Environment["DOTNET_TC_CallCounting"], start.Environment["DOTNET_EnableWriteXorExecute"]) = ("0", "0");
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, data) => line(data.Data);
        process.ErrorDataReceived += (_, data) => line(data.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
