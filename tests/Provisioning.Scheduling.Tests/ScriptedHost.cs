using Microsoft.Extensions.Hosting;

namespace Provisioning.Scheduling.Tests;

/// <summary>A host that listens and stops when the test says so.</summary>
internal sealed class ScriptedHost : IHostApplicationLifetime
{
    private readonly CancellationTokenSource _started = new();
    private readonly CancellationTokenSource _stopping = new();

    public CancellationToken ApplicationStarted => _started.Token;

    public CancellationToken ApplicationStopping => _stopping.Token;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    public static ScriptedHost Listening()
    {
        var host = new ScriptedHost();
        host.Listen();
        return host;
    }

    public void Listen() => _started.Cancel();

    public void StopApplication() => _stopping.Cancel();
}
