using Microsoft.Extensions.Logging;
using Provisioning.Core.Pipeline;
using Provisioning.Host.Configuration;
using Provisioning.Host.Inbound;
using Provisioning.Storage;

namespace Provisioning.Host.Imports;

/// <summary>
/// Imports <c>imports/SERVICE-PROVIDER/*.csv|*.jsonl</c> of the configuration folder at start. Idempotent: unchanged users stay as they are.
/// </summary>
internal sealed partial class ImportFolder(string folder, ConfigurationFolder configuration, UserWriter writer, ILogger logger)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var path in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            if (configuration.Current.FindServiceProvider(name) is not { } provider)
            {
                LogUnknown(path, name);
                continue;
            }

            foreach (var file in Directory.EnumerateFiles(path).Where(x => x.EndsWith(".csv", StringComparison.Ordinal) || x.EndsWith(".jsonl", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
                await ImportAsync(file, provider, cancellationToken);
        }
    }

    private async Task ImportAsync(string file, ServiceProvider provider, CancellationToken cancellationToken)
    {
        var (count, names) = (0, new NamesInFile());
        try
        {
            foreach (var (line, user) in UserFile.Read(file))
            {
                if (names.Add(user, line) is { } first)
                {
                    LogLine(file, line, NamesInFile.Again(first));
                    continue;
                }

                try
                {
                    await writer.UpsertAsync(writer.Read(user), new Occasion(Trigger.Import, provider), cancellationToken);
                    count++;
                }
                catch (Provisioning.Scim.ScimException exception)
                {
                    LogLine(file, line, exception.Message);
                }
            }
        }
        catch (Exception exception) when (exception is (FormatException or IOException or UnauthorizedAccessException) and not DatabaseUnavailableException)
        {
            LogFile(file, exception.Message);
        }

        LogImported(count, file, provider.Name);
    }

    [LoggerMessage(6001, LogLevel.Information, "imported {Count} users from {File} for {ServiceProvider}")]
    private partial void LogImported(int count, string file, string serviceProvider);

    [LoggerMessage(6002, LogLevel.Error, "{Folder}: there is no service provider '{Name}'; nothing imported")]
    private partial void LogUnknown(string folder, string name);

    [LoggerMessage(6003, LogLevel.Error, "{File}, line {Line}: {Problem}; skipped")]
    private partial void LogLine(string file, int line, string problem);

    [LoggerMessage(6004, LogLevel.Error, "{File}: {Problem}")]
    private partial void LogFile(string file, string problem);
}
