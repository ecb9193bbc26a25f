using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace Provisioning.Connectors.Csv.Tests;

/// <summary>A file that is too large to be written for every change. Writing it takes a second of the test's own clock.</summary>
internal sealed class LargeFile : IAsyncDisposable
{
    private const int Rows = 3000;

    private readonly CsvFixture _fixture;
    private readonly List<IConnector> _open = [];

    public LargeFile(bool lines = false)
    {
        _fixture = new CsvFixture(lines ? null : Csv());
        IsLines = lines;
        if (lines)
            File.WriteAllLines(FilePath, Enumerable.Range(0, Rows).Select(i => $$"""{"id":"{{i}}","userName":"user{{i}}","title":"{{Padding}}"}"""));
    }

    public FakeTimeProvider Time { get; } = new();

    public bool IsLines { get; }

    public string Folder => _fixture.Folder;

    public string FilePath => IsLines ? _fixture.LinesPath : _fixture.FilePath;

    public string JournalPath => Journal.PathFor(FilePath);

    public string Text => File.ReadAllText(FilePath);

    private static string Padding => new('x', 100);

    /// <summary>A connector that has just written the file for one change, so that the next changes go to the journal.</summary>
    public async Task<IFileConnectorUnderTest> OpenBusyAsync()
    {
        var connector = Open();
        await connector.CreateAsync("first");
        return connector;
    }

    public IFileConnectorUnderTest Open() => Open(Time);

    public IFileConnectorUnderTest Open(TimeProvider time)
    {
        if (IsLines)
        {
            var lines = _fixture.OpenLines(time);
            lines.File.BeforeReplace = () => Time.Advance(TimeSpan.FromSeconds(1));
            _open.Add(lines);
            return new UnderTest<JsonRow, JsonTable>(lines);
        }

        var connector = _fixture.Open(time);
        connector.File.BeforeReplace = () => Time.Advance(TimeSpan.FromSeconds(1));
        _open.Add(connector);
        return new UnderTest<CsvRow, CsvTable>(connector);
    }

    /// <summary>The names in the file, as another program reads them.</summary>
    public IEnumerable<string> Names() => IsLines
        ? File.ReadLines(FilePath).Select(line => JsonNode.Parse(line)!["userName"]!.ToString())
        : File.ReadLines(FilePath).Skip(1).Select(line => line.Split(',')[1]);

    /// <summary>What a crash at this moment leaves: a copy of the folder, opened by a host that starts.</summary>
    /// <param name="journal">The content of the journal, when it is locked or was another one.</param>
    public LargeFile Crash(byte[]? journal = null)
    {
        var left = new LargeFile(IsLines);
        foreach (var file in Directory.GetFiles(Folder).Where(file => journal is null || file != JournalPath))
            File.Copy(file, Path.Combine(left.Folder, Path.GetFileName(file)), overwrite: true);
        if (journal is not null)
            File.WriteAllBytes(left.JournalPath, journal);
        return left;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connector in _open)
            await connector.DisposeAsync();
        _fixture.Dispose();
    }

    private static string Csv() =>
        "id,userName,title\r\n" + string.Concat(Enumerable.Range(0, Rows).Select(i => $"{i},user{i},{Padding}\r\n"));

    private sealed class UnderTest<TRow, TTable>(FileConnector<TRow, TTable> connector) : IFileConnectorUnderTest
        where TRow : class, IAccountRow<TRow>
        where TTable : AccountTable<TRow>
    {
        public int Rewrites => connector.File.Rewrites;

        public Action? BeforeReplace { set => connector.File.BeforeReplace = value; }

        public Action? AfterLook { set => connector.File.AfterLook = value; }

        public async Task<string> CreateAsync(string name) =>
            (await connector.CreateAsync(CsvFixture.User(name, "m-" + name), CsvFixture.Context, default)).Id;

        public Task SetAsync(string id, string attribute, string? value) =>
            connector.UpdateAsync(id, new AccountDelta([new AttributeChange(attribute, null, value)], []), CsvFixture.Context, default);

        public Task DeleteAsync(string id) => connector.DeleteAsync(id, CsvFixture.Context, default);

        public async Task<Account?> FindAsync(string name) =>
            (await connector.FindAsync(ResourceType.User, new MatchKey("", name), CsvFixture.Context, default)).SingleOrDefault()?.Account;

        public async Task<List<string>> ListAsync() =>
            await connector.ListAsync(ResourceType.User, CsvFixture.Context, default).Select(x => x.Attributes["userName"]!.ToString()).ToListAsync();

        public ValueTask DisposeAsync() => connector.DisposeAsync();
    }
}
