using System.Globalization;
using Microsoft.Extensions.Logging;
using Provisioning.Storage;

namespace Provisioning.Host.Composition;

/// <summary>
/// Notices that the database went back in time: a backup was restored, its last writes were lost, or it is another one. The data folder
/// keeps the number of the last heartbeat that this host has seen; a database that knows fewer is older than that. The database soon counts beyond
/// that number, so that the data folder keeps what was noticed as well, until somebody deletes the file.
/// </summary>
internal sealed partial class DatabaseHistory(HostSettings settings, IBeatCounter beats, ILogger<DatabaseHistory> logger)
{
    private string? _problem;

    /// <summary>A sentence for status and health; null if the database is as new as it was.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    private string Place => Path.Combine(settings.Data, "database.beats");

    /// <summary>At the start, before the first heartbeat.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken) => Compare(await beats.ReadAsync(cancellationToken));

    /// <summary>With each heartbeat. The database is first: a host that dies in between has seen less than there is.</summary>
    public async Task AdvanceAsync(CancellationToken cancellationToken)
    {
        var beat = await beats.AdvanceAsync(cancellationToken);
        if (Compare(beat - 1))
            Note(beat, null);
    }

    /// <returns>False if the database is older, or was once, or if nobody can tell.</returns>
    private bool Compare(long known)
    {
        if (Noted() is not var (seen, problem))
            return false;
        if (problem is null && known < seen)
        {
            problem = $"the database is older than the last state that this host has seen ({known} heartbeats of {seen}): changes and accounts made since then are unknown to it; reconcile each identity provider, then delete '{Place}'";
            Note(seen, problem);
        }

        if (Interlocked.Exchange(ref _problem, problem) != problem && problem is not null)
            LogOlder(problem);
        return problem is null;
    }

    private void Note(long beat, string? problem)
    {
        try
        {
            DataFile.Write(Place, $"{beat.ToString(CultureInfo.InvariantCulture)}\n{problem}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It only helps to notice; the database says by itself when there is no room.
            LogNotNoted(exception.Message);
        }
    }

    // Null if it cannot be read.
    private (long Beat, string? Problem)? Noted()
    {
        try
        {
            return File.Exists(Place) && File.ReadAllText(Place).Split('\n', 2) is [var first, .. var rest] && long.TryParse(first.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var beat)
                ? (beat, rest is [{ Length: > 0 } problem] ? problem : null) : (0, null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LoggerMessage(5203, LogLevel.Warning, "{Problem}")]
    private partial void LogOlder(string problem);

    [LoggerMessage(5204, LogLevel.Debug, "the heartbeat could not be noted in the data folder: {Reason}")]
    private partial void LogNotNoted(string reason);
}
