using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage.Tests;

public sealed class When_the_database_file_is_not_as_it_should_be() : Fixture(Backend.SQLite)
{
    [Fact]
    public async Task Should_say_that_it_is_no_database()
    {
        var path = Path.Combine(Folder, "other.db");
        await System.IO.File.WriteAllTextAsync(path, new string('x', 5000));
        Assert.Equal($"the file '{path}' is not a database; move it away, or restore a backup over it", await RefusalAsync(path));
    }

    [Fact]
    public async Task Should_say_that_it_is_damaged()
    {
        var path = Path.Combine(Folder, "damaged.db");
        await using (await ProvisioningStorage.OpenSqliteAsync(path, Time, None))
        {
        }

        await using (var file = new FileStream(path, FileMode.Open))
        {
            // The first page has the header, which stays, and the root of the schema, which does not.
            file.Position = 100;
            file.Write(Enumerable.Repeat((byte)0xEE, 3900).ToArray());
        }

        Assert.Equal($"the database '{path}' is damaged; restore a backup", await RefusalAsync(path));
    }

    [Fact]
    public async Task Should_say_that_it_is_somebody_elses()
    {
        var path = Path.Combine(Folder, "foreign.db");
        await using (var connection = new SqliteConnection($"Data Source={path};Pooling=false"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE users (name TEXT)";
            await command.ExecuteNonQueryAsync();
        }

        Assert.Contains($"the database '{path}' cannot be used", await RefusalAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_that_it_is_a_folder() =>
        Assert.Contains(Directory.CreateDirectory(Path.Combine(Folder, "folder.db")).FullName, await RefusalAsync(Path.Combine(Folder, "folder.db")), StringComparison.Ordinal);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_store_nothing_once_it_is_removed_or_replaced(bool replaced)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "files in use cannot be removed there");
        await Ledger.CommitUserAsync(User("u1"), WriteKind.Insert, [], None);
        System.IO.File.Move(File, File + ".away");
        if (replaced)
            System.IO.File.Copy(File + ".away", File);
        var refused = await Assert.ThrowsAsync<DatabaseAwayException>(() => Ledger.CommitUserAsync(User("u2"), WriteKind.Insert, [], None));
        Assert.Contains(File, refused.Message, StringComparison.Ordinal);

        System.IO.File.Move(File + ".away", File, overwrite: true);
        await Ledger.CommitUserAsync(User("u3"), WriteKind.Insert, [], None);
        Assert.Equal(2, await Storage.Users.CountUsersAsync(None));
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public async Task Should_let_nobody_else_read_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "rights are inherited there");
        var folder = Path.Combine(Folder, "new");
        await using var storage = await ProvisioningStorage.OpenSqliteAsync(Path.Combine(folder, "provisioning.db"), Time, None);
        await storage.Ledger.CommitUserAsync(User("u1"), WriteKind.Insert, [], None);
        Assert.Equal(DataFile.PrivateFolder, System.IO.File.GetUnixFileMode(folder));
        var files = Directory.GetFiles(folder);
        Assert.Contains(files, x => x.EndsWith("-wal", StringComparison.Ordinal));
        Assert.All(files, x => Assert.Equal(DataFile.PrivateFile, System.IO.File.GetUnixFileMode(x)));
    }

    private async Task<string> RefusalAsync(string path) =>
        (await Assert.ThrowsAsync<InvalidOperationException>(() => ProvisioningStorage.OpenSqliteAsync(path, Time, None))).Message;
}
