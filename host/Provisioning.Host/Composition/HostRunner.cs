using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Provisioning.Host.Api;
using Provisioning.Host.Inbound;
using Provisioning.Host.Security;
using Provisioning.Storage;

namespace Provisioning.Host.Composition;

/// <summary><c>provisioning run</c>: check what can be checked, open the store, compose, listen.</summary>
internal static partial class HostRunner
{
    public static async Task<int> RunAsync(HostSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            await RunOrThrowAsync(settings, cancellationToken);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception exception)
        {
            await Console.Error.WriteLineAsync(StartFailure.Describe(exception));
            return 1;
        }
    }

    private static async Task RunOrThrowAsync(HostSettings settings, CancellationToken cancellationToken)
    {
        ListenAddresses.Check(settings.Urls);
        TrustedProxies.Read(settings.Proxies);
        settings = settings with { PublicUrl = PublicAddress.Check(settings.PublicUrl) };
        if (!Directory.Exists(settings.Policies) && !File.Exists(settings.Policies))
            throw new StartException($"the policy folder '{settings.Policies}' does not exist; name the right one with --policies");
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        var certificate = ServerCertificate.Open(settings, builder.Configuration, TimeProvider.System);
        var tightened = DataFolder.Prepare(settings.Data);
        settings = settings with { Database = DatabaseReference.Resolve(settings) };
        await using var storage = await OpenAsync(settings, cancellationToken);
        await using var app = Build(builder, settings, certificate, storage);
        if (settings.Proxies is null && ListenAddresses.Exposed(settings.Urls) is { Count: > 0 } exposed)
            LogExposed(app.Logger, string.Join(", ", exposed));
        if (tightened > 0)
            LogTightened(app.Logger, settings.Data, tightened);

        // What fails because the host stops is no reason why it stops.
        Exception? fault = null;
        app.Lifetime.ApplicationStopping.Register(() => fault = FaultOf(app));
        await app.StartAsync(cancellationToken);
        HostFile.Write(settings.Data, ListenAddresses.OnThisMachine(app.Urls.First()));
        Welcome.Print(settings, app.Urls.First());
        await app.WaitForShutdownAsync(cancellationToken);
        if (fault is not null)
            throw new StartException($"the host stopped, because a part of it failed: {fault.Message}", fault);
    }

    private static async Task<ProvisioningStorage> OpenAsync(HostSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            return settings.Database is { } connection
                ? await ProvisioningStorage.OpenPostgresAsync(connection, TimeProvider.System, cancellationToken)
                : await ProvisioningStorage.OpenSqliteAsync(Path.Combine(settings.Data, "provisioning.db"), TimeProvider.System, cancellationToken);
        }
        catch (InvalidOperationException exception)
        {
            throw new StartException(exception.Message, exception);
        }
    }

    // The framework stops a host whose service failed as if somebody had asked for it.
    private static Exception? FaultOf(WebApplication app) => app.Services.GetServices<IHostedService>().OfType<BackgroundService>()
        .Select(x => x.ExecuteTask?.Exception?.InnerException).FirstOrDefault(x => x is not (null or OperationCanceledException));

    private static WebApplication Build(WebApplicationBuilder builder, HostSettings settings, ServerCertificate? certificate, ProvisioningStorage storage)
    {
        builder.WebHost.UseUrls(settings.Urls);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = ScimBody.MaxBytes;
            if (certificate is not null)
                options.ConfigureHttpsDefaults(certificate.Use);
        });
        var gate = new StartGate(TimeProvider.System);
        HostLogging.Configure(builder.Logging, builder.Configuration, gate);
        builder.Services.AddSystemd();
        builder.Services.AddWindowsService(options => options.ServiceName = "Provisioning");
        builder.Services.AddSingleton(gate);
        builder.Services.AddProvisioning(settings, storage);

        var app = builder.Build();
        certificate?.Logger = app.Logger;
        app.UseTrustedProxies(settings.Proxies);
        app.UseHostFiltering();
        app.Use(gate.PassAsync);
        app.UseApi();
        return app;
    }

    [LoggerMessage(5302, LogLevel.Warning, "{Urls}: tokens and what they are for pass over the network unencrypted, for everybody on the way to read. Listen on https (--certificate), or name the proxies that do (--proxies)")]
    private static partial void LogExposed(ILogger logger, string urls);

    [LoggerMessage(5301, LogLevel.Information, "data folder {Folder}: {Count} files and folders that others on this machine could use are now for the user of the host only")]
    private static partial void LogTightened(ILogger logger, string folder, int count);
}
