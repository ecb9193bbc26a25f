namespace Provisioning.Connectors.Sql.Tests;

public sealed class Sqlite_Tests : IDisposable
{
    private readonly SqliteTarget _target = new();

    [Fact]
    public async Task When_somebody_else_writes_Should_be_transient()
    {
        using var other = _target.Connect();
        other.Open();
        using var writing = other.BeginTransaction(System.Data.IsolationLevel.Serializable);
        await using var connector = _target.Open(settings => settings.Timeout = TimeSpan.FromSeconds(1));
        await SqlCalls.FailsAsync(FailureKind.Transient, () => connector.CreateAsync(SqlCalls.Person("waiting")));
    }

    [Fact]
    public async Task When_the_file_is_missing_Should_not_make_one()
    {
        var folder = Directory.CreateTempSubdirectory("sql-tests-").FullName;
        var file = Path.Combine(folder, "mistyped.db");
        await using var connector = _target.Open(settings => settings.ConnectionString = $"Data Source={file}");
        await SqlCalls.FailsAsync(FailureKind.Misconfigured, () => connector.CreateAsync(SqlCalls.Person("x")));
        Assert.False(File.Exists(file));
        Directory.Delete(folder);
    }

    [Fact]
    public async Task When_a_list_has_several_values_Should_hand_over_JSON()
    {
        _target.Scalar("CREATE TABLE mails (person integer, mail text)");
        await using var connector = _target.Open(settings =>
            settings.Users.Create = [settings.Users.Create[0], "INSERT INTO mails SELECT @id, value FROM json_each(@mails)"]);
        await connector.CreateAsync(SqlCalls.Person("x", ("mails", new System.Text.Json.Nodes.JsonArray("a@x", "b@x"))));
        Assert.Equal("a@x,b@x", _target.Scalar("SELECT group_concat(mail) FROM mails"));
    }

    [Theory]
    [InlineData("SELECT @a, @b_2 WHERE x = '@no' -- @no\n AND y = @A", "a,b_2")]
    [InlineData("SELECT \"@no\" /* @no */ || $tag$ @no $tag$ || 'it''s @no' || @yes", "yes")]
    [InlineData("SELECT tags @> @tags::jsonb", "tags")]
    public void When_a_statement_is_read_Should_find_its_parameters_only(string text, string parameters) =>
        Assert.Equal(parameters, string.Join(",", new SqlStatement("s", text).Parameters));

    public void Dispose() => _target.Dispose();
}
