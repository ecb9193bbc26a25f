using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Csv.Tests;

/// <summary>A folder of its own with one file.</summary>
internal sealed class CsvFixture : IDisposable
{
    public CsvFixture(string? content = null)
    {
        Folder = Directory.CreateTempSubdirectory("csv-tests-").FullName;
        if (content is not null)
            File.WriteAllText(FilePath, content);
    }

    public string Folder { get; }

    public string FilePath => Path.Combine(Folder, "accounts.csv");

    public string LinesPath => Path.Combine(Folder, "accounts.jsonl");

    public string Text => File.ReadAllText(FilePath);

    public static OperationContext Context => new("op", 1, DateTimeOffset.MaxValue, _ => { });

    public CsvConnector Open(params string[] columns) => Open(TimeProvider.System, columns);

    public CsvConnector Open(TimeProvider time, params string[] columns) =>
        (CsvConnector)((IConnectorFactory)new CsvConnectorFactory()).Create(
            new CsvSettings { Path = "accounts.csv", Columns = columns },
            new ConnectorContext("test", Folder, time));

    public JsonLinesConnector OpenLines(TimeProvider? time = null) =>
        (JsonLinesConnector)((IConnectorFactory)new JsonLinesConnectorFactory()).Create(
            new JsonLinesSettings { Path = "accounts.jsonl" }, new ConnectorContext("test", Folder, time ?? TimeProvider.System));

    /// <summary>A connector of either format to a file of another name, or in another folder.</summary>
    public IConnector Open(bool lines, string path)
    {
        var context = new ConnectorContext("test", Folder, TimeProvider.System);
        return lines
            ? ((IConnectorFactory)new JsonLinesConnectorFactory()).Create(new JsonLinesSettings { Path = path }, context)
            : ((IConnectorFactory)new CsvConnectorFactory()).Create(new CsvSettings { Path = path }, context);
    }

    public static NewAccount User(string name, string marker, JsonObject? more = null)
    {
        var attributes = more ?? [];
        attributes["userName"] = name;
        return new NewAccount(marker, attributes);
    }

    public void Dispose()
    {
        if (!Directory.Exists(Folder))
            return;
        // Whatever a test forbade.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.Delete(Folder, recursive: true);
    }
}
