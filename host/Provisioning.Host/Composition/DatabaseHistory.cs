using System.Globalization;
using Microsoft.Extensions.Logging;
using Provisioning.Storage;

namespace Provisioning.Host.Composition;

/// <summary>
/// Notices that the database went back in time: a backup was restored, its last writes were lost, or it is another one. The data folder
/// keeps the number of the last heartbeat that this host has seen; a database that knows fewer is older than that.
/// </summary>
internal sealed partial class DatabaseHistory(HostSettings settings, IBeatCounter beats, ILogger<DatabaseHistory> logger)
{
    private string? _problem;

    /// <summary>A sentence for status and health; null if the database is as new as it was.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    private string Place => Path.Combine(settings.Data, "database.beats");

    /// <summary>At the start, before the first heartbeat.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var (seen, known) = (Seen(), await beats.ReadAsync(cancellationToken));
        if (known >= seen)
            return;
        Volatile.Write(
            ref _problem,
            $"the database is older than the last state that this host has seen ({known} heartbeats of {seen}): changes and accounts made since then are unknown to it; reconcile each identity provider");
        LogOlder(Problem!);
    }

    /// <summary>With each heartbeat. The database is first: a host that dies in between has seen less than there is.</summary>
    public async Task AdvanceAsync(CancellationToken cancellationToken)
    {
        var beat = await beats.AdvanceAsync(cancellationToken);
        try
        {
            DataFile.Write(Place, beat.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It only helps to notice; the database says by itself when there is no room.
            LogNotNoted(exception.Message);
        }
    }

    private long Seen()
    {
        try
        {
            return File.Exists(Place) && long.TryParse(File.ReadAllText(Place).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var beat) ? beat : 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    [LoggerMessage(5203, LogLevel.Warning, "{Problem}")]
    private partial void LogOlder(string problem);

    [LoggerMessage(5204, LogLevel.Debug, "the heartbeat could not be noted in the data folder: {Reason}")]
    private partial void LogNotNoted(string reason);
}
