using System.Diagnostics;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage.Tests;

/// <summary>A process that is killed while it writes loses nothing that it was told is stored, and leaves no lock behind.</summary>
public sealed class KillTests() : Fixture(Backend.SQLite)
{
    private const string FolderVariable = "PROVISIONING_STORAGE_KILL_FOLDER";

    [Fact]
    public async Task When_the_process_is_killed_Should_have_all_that_was_acknowledged()
    {
        var victim = Directory.CreateDirectory(Path.Combine(Folder, "victim")).FullName;
        var path = Path.Combine(victim, "provisioning.db");
        var acknowledged = Path.Combine(victim, "acknowledged");
        var start = new ProcessStartInfo(Path.ChangeExtension(typeof(KillTests).Assembly.Location, OperatingSystem.IsWindows() ? "exe" : null)!)
        {
            ArgumentList = { "-method", $"*.{nameof(Write_until_killed)}", "-explicit", "only" },
            Environment = { [FolderVariable] = victim },
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        for (var i = 0; i < 600 && Lines(acknowledged).Count < 100 && !process.HasExited; i++)
            await Task.Delay(50);
        Assert.False(process.HasExited);
        await Assert.ThrowsAsync<InvalidOperationException>(() => ProvisioningStorage.OpenSqliteAsync(path, Time, None));
        process.Kill();
        await process.WaitForExitAsync();

        var ids = Lines(acknowledged);
        Assert.True(ids.Count >= 100);
        await using var reopened = await ProvisioningStorage.OpenSqliteAsync(path, Time, None);
        foreach (var id in ids)
            Assert.NotNull(await reopened.Users.FindUserAsync(id, None));
        var users = await reopened.Users.CountUsersAsync(None);
        Assert.Equal(users, Assert.Single(await reopened.Ledger.CountAsync(None)).Count);
    }

    [Fact(Explicit = true)]
    public async Task Write_until_killed()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { } folder)
            return;
        await using var storage = await ProvisioningStorage.OpenSqliteAsync(Path.Combine(folder, "provisioning.db"), Time, None);
        await using var log = new FileStream(Path.Combine(folder, "acknowledged"), FileMode.Append, FileAccess.Write, FileShare.Read, 1);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            // Ends by itself after a while, should the test that watches be gone.
            for (var i = 0; i < 50_000; i++)
            {
                var id = $"{caller}-{i}";
                await storage.Ledger.CommitUserAsync(User(id), WriteKind.Insert, [Plan(id)], None);
                lock (log)
                    log.Write(System.Text.Encoding.UTF8.GetBytes(id + "\n"));
            }
        })));
    }

    // The last line may be half written.
    private static List<string> Lines(string file)
    {
        if (!System.IO.File.Exists(file))
            return [];
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
