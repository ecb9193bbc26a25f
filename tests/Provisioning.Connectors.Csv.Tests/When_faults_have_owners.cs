using Provisioning.Connectors.Testing;
using Provisioning.Testing;

namespace Provisioning.Connectors.Csv.Tests;

/// <summary>Brings about the faults of host/docs/failures.md, which says what has to come of each.</summary>
/// <param name="lines">Whether the file has JSON lines.</param>
public abstract class When_faults_have_owners(bool lines)
{
    private const string NoServer = "no server: a file";
    private const string OneName = "only a name can be taken";
    private const string NoContent = "nothing but a flag, which the file takes, or nothing at all";

    private static readonly FaultTable<CsvFixture> s_table = Table();

    public static TheoryData<string, string> Cases => s_table.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Should_be_what_the_page_says(string fault, string operation)
    {
        using var target = new CsvFixture();
        await using var connector = target.Open(lines, FileName);
        await s_table.HoldAsync(fault, operation, target, connector, new ConformanceData(TimeProvider.System));
    }

    [Fact]
    public void Should_hold_every_row_of_the_page() => s_table.ShouldHoldEveryRow();

    private string FileName => lines ? "accounts.jsonl" : "accounts.csv";

    // Both formats have the same faults, and the same operations.
    private static FaultTable<CsvFixture> Table() => new("csv", typeof(CsvConnector))
    {
        Ways =
        [
            new("content refused", "half a letter", scene => scene.Write("title", "\ud800")) { Operations = ["create", "update"] },
            new("name taken", "by the account that is there", scene => scene.Write("userName", scene.There.Attributes["userName"]!.ToString())) { Operations = ["create"] },
            new("name taken", "by another account", TakeNameAsync) { Operations = ["update"] },
            new("object gone", "deleted by another", scene => ((IDeleteAccounts)scene.Connector).DeleteAsync(scene.Id, scene.Context, default)),
            new("credentials refused", "a file that may not be read", scene =>
            {
                Forbid(Written(scene), UnixFileMode.None);
                // One that has read it before knows what is in it.
                scene.Connector = Open(scene, Written(scene));
            }),
            new("credentials refused", "a folder that may not be written", scene => Forbid(scene.Target.Folder, UnixFileMode.UserRead | UnixFileMode.UserExecute))
            {
                Operations = ["create", "update", "enable", "disable", "delete"],
            },
            new("place missing", "no folder", scene => scene.Connector = Open(scene, "/no/such/folder/" + Path.GetFileName(Written(scene)))),
            new("file broken", "nothing that can be understood", scene => File.WriteAllText(Written(scene), "\"{")),
            new("file broken", "an id twice", RepeatAsync),
            new("file broken", "a folder", scene =>
            {
                var file = Written(scene);
                File.Delete(file);
                Directory.CreateDirectory(file);
            }),
        ],
        NotHere =
        {
            ["object refused"] = "a file has no rights of its own for each account",
            ["content refused: enable"] = NoContent,
            ["content refused: disable"] = NoContent,
            ["content refused: delete"] = NoContent,
            ["name taken: enable"] = OneName,
            ["name taken: disable"] = OneName,
            ["name taken: delete"] = OneName,
            ["asking refused"] = "who may not read may not write either: see \"credentials refused\"",
            ["wrong address"] = NoServer,
            ["page with 200"] = NoServer,
            ["no such server"] = NoServer,
            ["server unreachable"] = NoServer,
            ["TLS refused"] = NoServer,
            ["throttled"] = NoServer,
            ["answer lost"] = "no server: When_a_host_dies holds that a change is whole or not there",
            ["answer unreadable"] = "see \"file broken\"",
            ["id unusable"] = "the connector makes the ids; one that is missing is a broken file",
            ["listing doubtful"] = "see \"file broken\"",
            ["another server"] = NoServer,
        },
    };

    private static IConnector Open(FaultScene<CsvFixture> scene, string path) => scene.Target.Open(path.EndsWith(".jsonl", StringComparison.Ordinal), path);

    private static string Written(FaultScene<CsvFixture> scene) => Directory.GetFiles(scene.Target.Folder, "accounts.*").Single();

    private static async Task TakeNameAsync(FaultScene<CsvFixture> scene)
    {
        await ((ICreateAccounts)scene.Connector).CreateAsync(scene.New, scene.Context, default);
        scene.Change = ("userName", scene.New.Attributes["userName"]!.ToString());
    }

    private static async Task RepeatAsync(FaultScene<CsvFixture> scene)
    {
        var file = Written(scene);
        var text = await File.ReadAllLinesAsync(file);
        await File.AppendAllLinesAsync(file, [text[^1]]);
    }

    private static void Forbid(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("an administrator may do everything");
            return;
        }

        File.SetUnixFileMode(path, mode);
    }
}

public sealed class When_faults_have_owners_in_CSV() : When_faults_have_owners(lines: false);

public sealed class When_faults_have_owners_in_JSON_lines() : When_faults_have_owners(lines: true);
