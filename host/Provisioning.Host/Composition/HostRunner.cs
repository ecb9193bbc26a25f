using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Provisioning.Host.Admin;
using Provisioning.Host.Authorization;
using Provisioning.Host.Cli;
using Provisioning.Host.Configuration;
using Provisioning.Host.Inbound;
using Provisioning.Storage;
using Provisioning.Xacml;

namespace Provisioning.Host.Composition;

/// <summary><c>provisioning run</c>: open the store, compose, listen.</summary>
internal static class HostRunner
{
    public static async Task<int> RunAsync(HostSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(settings.Data);
            settings = settings with { Database = DatabaseReference.Resolve(settings) };
            await using var storage = settings.Database is { } connection
                ? await ProvisioningStorage.OpenPostgresAsync(connection, TimeProvider.System, cancellationToken)
                : await ProvisioningStorage.OpenSqliteAsync(Path.Combine(settings.Data, "provisioning.db"), TimeProvider.System, cancellationToken);
            await using var app = Build(settings, storage);
            await app.StartAsync(cancellationToken);
            HostFile.Write(settings.Data, app.Urls.First());
            Welcome.Print(settings, app.Urls.First());
            await app.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (Exception exception) when (exception is ConfigurationException or PolicyException or InvalidOperationException or IOException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static WebApplication Build(HostSettings settings, ProvisioningStorage storage)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(settings.Urls);
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = ScimBody.MaxBytes;
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning)
            .AddConsole(options => options.FormatterName = PlainLines.FormatterName).AddConsoleFormatter<PlainLines, ConsoleFormatterOptions>();
        builder.Services.AddSystemd();
        builder.Services.AddWindowsService(options => options.ServiceName = "Provisioning");
        builder.Services.AddProvisioning(settings, storage);

        var app = builder.Build();
        app.MapGet("/health/live", () => Results.Text("live"));
        ReadyEndpoint.Map(app);
        UserEndpoints.Map(app);
        GroupEndpoints.Map(app);
        DiscoveryEndpoints.Map(app);
        SignInEndpoint.Map(app);
        PolicyDecisionEndpoints.Map(app);
        AuthZenEndpoints.Map(app);
        AdminEndpoints.Map(app);
        return app;
    }
}
