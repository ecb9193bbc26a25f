using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Sql.Tests;

/// <summary>What both databases do alike.</summary>
public abstract class Either_database_Tests(SqlTarget target) : IDisposable
{
    [Fact]
    public async Task When_a_later_statement_fails_Should_undo_the_earlier_ones()
    {
        await using var connector = target.Open(settings => settings.Users.Create = [settings.Users.Create[0], "INSERT INTO arrivals (person) VALUES (@nothing)"]);
        var failure = await SqlCalls.FailsAsync(FailureKind.Rejected, () => connector.CreateAsync(SqlCalls.Person("half")));
        Assert.Contains("person", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0L, Convert.ToInt64(target.Scalar("SELECT count(*) FROM people"), null));
    }

    [Fact]
    public async Task When_the_key_is_generated_Should_hand_it_to_the_next_statement()
    {
        await using var connector = target.Open();
        var created = await connector.CreateAsync(SqlCalls.Person("keyed"));
        Assert.Equal(created.Id, target.Scalar("SELECT person FROM arrivals")!.ToString());
    }

    [Fact]
    public async Task When_one_attribute_changes_Should_leave_the_other_columns_to_others()
    {
        await using var connector = target.Open();
        var person = SqlCalls.Person("delta", ("age", 20));
        var created = await connector.CreateAsync(person);
        target.Scalar("UPDATE people SET age = 21");
        await connector.ChangeAsync(created.Id, person, "displayName", "New");
        Assert.Equal("New21", target.Scalar("SELECT display_name || age FROM people")!.ToString());
    }

    [Fact]
    public async Task When_a_value_breaks_a_rule_Should_reject_it()
    {
        await using var connector = target.Open();
        var person = SqlCalls.Person("young", ("age", 1));
        var created = await connector.CreateAsync(person);
        await SqlCalls.FailsAsync(FailureKind.Rejected, () => connector.ChangeAsync(created.Id, person, "age", -1));
    }

    [Fact]
    public async Task When_values_have_types_Should_read_them_as_they_were()
    {
        await using var connector = target.Open();
        var created = await connector.CreateAsync(SqlCalls.Person("typed", ("age", 42), ("name", new JsonObject { ["givenName"] = "Ada" })));
        Assert.Equal(42, created.Attributes["age"]!.GetValue<long>());
        Assert.Equal("Ada", created.Attributes["name"]!["givenName"]!.ToString());
        Assert.True(created.Enabled);
        Assert.False(created.Attributes.ContainsKey("marker"));
    }

    [Fact]
    public async Task When_a_password_is_set_Should_store_a_hash_that_verifies()
    {
        await using var connector = target.Open();
        var created = await connector.CreateAsync(SqlCalls.Person("secret"));
        await connector.SetPasswordAsync(created.Id, new Secret("correct horse"), SqlCalls.Context, TestContext.Current.CancellationToken);
        var parts = target.Scalar("SELECT password_hash FROM people")!.ToString()!.Split('$');
        Assert.Equal("pbkdf2_sha256", parts[0]);
        var again = Rfc2898DeriveBytes.Pbkdf2("correct horse", Encoding.UTF8.GetBytes(parts[2]), int.Parse(parts[1], null), HashAlgorithmName.SHA256, 32);
        Assert.Equal(Convert.ToBase64String(again), parts[3]);
    }

    [Theory]
    [InlineData("SELECT ''")]
    [InlineData("SELECT NULL")]
    public async Task When_a_member_has_no_id_Should_say_that_the_statement_is_wrong(string statement)
    {
        await using var connector = target.Open(settings => settings.Groups.ListMembers = statement + " FROM teams WHERE id = @id");
        var group = await connector.CreateGroupAsync(new NewAccount("m", new JsonObject { ["displayName"] = "team" }), [], SqlCalls.Context, TestContext.Current.CancellationToken);
        var failure = await SqlCalls.FailsAsync(
            FailureKind.Transient, async () => await connector.ListMembersAsync(group.Id, SqlCalls.Context, TestContext.Current.CancellationToken).CountAsync());
        Assert.StartsWith("'groups.listMembers' gives", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT NULL AS id")]
    [InlineData("SELECT '' AS id")]
    [InlineData("SELECT 1 AS number")]
    public async Task When_a_listed_object_has_no_id_Should_say_that_the_statement_is_wrong(string statement)
    {
        await using var connector = target.Open(settings => (settings.Users.List, settings.Users.FindByName) = (statement, statement));
        await SqlCalls.FailsAsync(
            FailureKind.Transient, async () => await connector.ListAsync(ResourceType.User, SqlCalls.Context, TestContext.Current.CancellationToken).CountAsync());
        await SqlCalls.FailsAsync(
            FailureKind.Transient, () => connector.FindAsync(ResourceType.User, new MatchKey("", "x"), SqlCalls.Context, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task When_statements_are_wrong_Should_name_each_of_them()
    {
        await using var connector = target.Open(settings =>
        {
            settings.Users.Disable = ["UPDATE persons SET active = false WHERE id = @id"];
            settings.Groups.ListMembers = "SELECT nobody FROM team_members WHERE team = @id";
        });
        var said = await connector.TestAsync(SqlCalls.Context, TestContext.Current.CancellationToken);
        Assert.Contains("'users.disable': ", said, StringComparison.Ordinal);
        Assert.Contains("persons", said, StringComparison.Ordinal);
        Assert.Contains("'groups.listMembers': ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_a_statement_is_missing_Should_name_it()
    {
        await using var connector = target.Open(settings => settings.Users.Disable = []);
        var created = await connector.CreateAsync(SqlCalls.Person("x"));
        var failure = await SqlCalls.FailsAsync(
            FailureKind.Rejected, () => connector.SetEnabledAsync(created.Id, false, SqlCalls.Context, TestContext.Current.CancellationToken));
        Assert.Contains("'users.disable'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT id FROM persons WHERE id = @id")]
    [InlineData("SELECT id, nothing_like_it FROM people WHERE id = @id")]
    [InlineData("SELEKT id FROM people WHERE id = @id")]
    public async Task When_a_table_or_a_statement_is_wrong_Should_hold_the_whole_target(string get)
    {
        await using var connector = target.Open(settings => settings.Users.Get = get);
        await SqlCalls.FailsAsync(
            FailureKind.Misconfigured, () => connector.SetEnabledAsync("1", false, SqlCalls.Context, TestContext.Current.CancellationToken));
        Assert.Contains("'users.get'", await connector.TestAsync(SqlCalls.Context, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_a_value_is_no_proper_text_Should_reject_it()
    {
        await using var connector = target.Open();
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.CreateAsync(SqlCalls.Person("half\ud800")));
        Assert.Equal(FailureKind.Rejected, failure.Kind);
    }

    [Fact]
    public async Task When_an_attribute_is_refused_Should_still_enable()
    {
        await using var connector = target.Open();
        var person = SqlCalls.Person("back", ("age", 1));
        var created = await connector.CreateAsync(person);
        await connector.SetEnabledAsync(created.Id, false, SqlCalls.Context, TestContext.Current.CancellationToken);
        var desired = person.Attributes.DeepClone().AsObject();
        desired["age"] = -1;
        var delta = new AccountDelta([new("age", null, -1)], desired, Enabled: true);
        await SqlCalls.FailsAsync(FailureKind.Rejected, () => connector.UpdateAsync(created.Id, delta, SqlCalls.Context, TestContext.Current.CancellationToken));
        Assert.Equal(1, Convert.ToInt32(target.Scalar("SELECT count(*) FROM people WHERE active"), null));
    }

    [Fact]
    public async Task When_a_new_account_needs_a_password_Should_make_one_that_nobody_knows()
    {
        await using var connector = target.Open(settings =>
            settings.Users.Create = ["INSERT INTO people (user_name, active, password_hash) VALUES (@userName, @enabled, @randomPasswordHash) RETURNING id"]);
        await connector.CreateAsync(SqlCalls.Person("ada"));
        await connector.CreateAsync(SqlCalls.Person("bea"));
        Assert.StartsWith("pbkdf2_sha256$", target.Scalar("SELECT min(password_hash) FROM people")!.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, Convert.ToInt32(target.Scalar("SELECT count(DISTINCT password_hash) FROM people"), null));
    }

    [Fact]
    public async Task When_a_listing_does_not_go_on_Should_stop_and_say_so()
    {
        await using var connector = target.Open(settings =>
            settings.Users.List = "SELECT id, marker FROM people WHERE CAST(@after AS bigint) IS NULL OR id >= CAST(@after AS bigint) ORDER BY id LIMIT CAST(@limit AS bigint)");
        await connector.CreateAsync(SqlCalls.Person("x"));
        await SqlCalls.FailsAsync(
            FailureKind.Transient, async () => await connector.ListAsync(ResourceType.User, SqlCalls.Context, CancellationToken.None).CountAsync());
    }

    [Fact]
    public async Task When_it_describes_itself_Should_tell_what_can_be_written()
    {
        await using var connector = target.Open(settings => settings.Users.Get = settings.Users.Get!.Replace(", age", ", age, 'x' AS badge", StringComparison.Ordinal));
        var schema = await connector.DescribeAsync(ResourceType.User, SqlCalls.Context, TestContext.Current.CancellationToken);
        Assert.Equal(SchemaType.Complex, schema.Single(attribute => attribute.Name == "name").Type);
        Assert.True(schema.Single(attribute => attribute.Name == "badge").ReadOnly);
        Assert.True(schema.Single(attribute => attribute.Name == "age") is { ReadOnly: false, Type: SchemaType.Number });
    }

    public void Dispose()
    {
        target.Dispose();
        GC.SuppressFinalize(this);
    }
}

public sealed class Either_on_sqlite_Tests() : Either_database_Tests(new SqliteTarget());

public sealed class Either_on_postgres_Tests() : Either_database_Tests(new PostgresTarget());
