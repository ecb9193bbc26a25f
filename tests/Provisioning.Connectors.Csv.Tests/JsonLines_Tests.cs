using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Csv.Tests;

public sealed class JsonLines_Tests : IDisposable
{
    private readonly CsvFixture _fixture = new();

    private string FilePath => _fixture.LinesPath;

    [Fact]
    public async Task When_an_account_has_structure_Should_keep_it()
    {
        await using var connector = _fixture.OpenLines();
        var attributes = new JsonObject
        {
            ["age"] = 36, ["name"] = new JsonObject { ["givenName"] = "Ädä", ["familyName"] = "B" }, ["emails"] = new JsonArray(new JsonObject { ["value"] = "a@x" }),
        };
        var created = await connector.CreateAsync(CsvFixture.User("ada", "m1", attributes), CsvFixture.Context, CancellationToken.None);
        await connector.UpdateAsync(
            created.Id, new AccountDelta([new("name", "familyName", null), new("age", null, 37)], []), CsvFixture.Context, CancellationToken.None);
        Assert.Equal(
            $$"""{"id":"{{created.Id}}","externalId":"m1","enabled":true,"age":37,"name":{"givenName":"Ädä"},"emails":[{"value":"a@x"}],"userName":"ada"}""",
            Assert.Single(await File.ReadAllLinesAsync(FilePath, TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData("""{"id":"1","userName":"a"}{""", "line 2")]
    [InlineData("""["id"]""", "something other than an object")]
    [InlineData("""{"userName":"a"}""", "no id")]
    [InlineData("""{"id":"0","userName":"a"}""", "a second time")]
    [InlineData("""{"id":"2","id":"3"}""", "no valid JSON")]
    [InlineData("""{"id":"2","enabled":"maybe"}""", "'maybe'")]
    public async Task When_a_line_cannot_be_understood_Should_say_which_and_leave_the_file(string line, string said)
    {
        var text = "{\"id\":\"0\",\"userName\":\"zero\"}\n" + line + "\n";
        await File.WriteAllTextAsync(FilePath, text, TestContext.Current.CancellationToken);
        await using var connector = _fixture.OpenLines();
        var failure = await Assert.ThrowsAsync<ConnectorException>(
            () => connector.CreateAsync(CsvFixture.User("new", "m"), CsvFixture.Context, CancellationToken.None));
        Assert.Equal(FailureKind.Misconfigured, failure.Kind);
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
        Assert.Contains("line 2", failure.Message, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(FilePath, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task When_a_value_is_no_text_Should_refuse_it_alone()
    {
        await using var connector = _fixture.OpenLines();
        var bad = connector.CreateAsync(CsvFixture.User("bad", "m1", new JsonObject { ["title"] = "\ud800" }), CsvFixture.Context, CancellationToken.None);
        var good = connector.CreateAsync(CsvFixture.User("good", "m2"), CsvFixture.Context, CancellationToken.None);
        Assert.Equal(FailureKind.Rejected, (await Assert.ThrowsAsync<ConnectorException>(() => bad)).Kind);
        Assert.NotEmpty((await good).Id);
    }

    [Fact]
    public async Task When_others_read_meanwhile_Should_show_them_whole_files()
    {
        await using var connector = _fixture.OpenLines();
        await connector.CreateAsync(CsvFixture.User("first", "m"), CsvFixture.Context, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var reader = Task.Run(async () =>
        {
            var reads = 0;
            while (!stop.IsCancellationRequested)
            {
                var text = await File.ReadAllTextAsync(FilePath, CancellationToken.None);
                Assert.EndsWith("\n", text, StringComparison.Ordinal);
                Assert.All(text.TrimEnd('\n').Split('\n'), line => Assert.NotNull(JsonNode.Parse(line)!["id"]));
                reads++;
            }

            return reads;
        });
        for (var i = 0; i < 100; i++)
            await connector.CreateAsync(CsvFixture.User($"user{i}", $"m{i}"), CsvFixture.Context, CancellationToken.None);
        await stop.CancelAsync();
        Assert.NotEqual(0, await reader);
        Assert.Equal(101, (await File.ReadAllLinesAsync(FilePath, CancellationToken.None)).Length);
    }

    public void Dispose() => _fixture.Dispose();
}
