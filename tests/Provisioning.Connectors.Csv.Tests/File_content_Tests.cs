using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Csv.Tests;

public sealed class File_content_Tests
{
    private const string Extension = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    [Fact]
    public async Task Should_flatten_and_read_back()
    {
        using var fixture = new CsvFixture();
        string id;
        await using (var connector = fixture.Open())
        {
            var more = new JsonObject
            {
                ["name"] = new JsonObject { ["familyName"] = "O\"Hara, \nJr" },
                [Extension] = new JsonObject { ["department"] = "R&D", ["manager"] = new JsonObject { ["value"] = "7" } },
                ["emails"] = new JsonArray(new JsonObject { ["value"] = "a@x" }, new JsonObject { ["value"] = "b@x" }),
                ["title"] = "=1+1",
                ["nickName"] = "'=x",
            };
            id = (await connector.CreateAsync(CsvFixture.User("a", "1", more), CsvFixture.Context, default)).Id;
        }

        Assert.StartsWith($"id,externalId,enabled,", fixture.Text, StringComparison.Ordinal);
        Assert.Contains(",'=1+1,''=x", fixture.Text, StringComparison.Ordinal);
        Assert.Contains($"{Extension}:manager.value", fixture.Text, StringComparison.Ordinal);
        await using var again = fixture.Open();
        var account = Assert.Single(await again.FindAsync(ResourceType.User, new MatchKey("1", "a"), CsvFixture.Context, default)).Account;
        Assert.Equal(id, account.Id);
        Assert.Equal("O\"Hara, \nJr", account.Attributes["name"]!["familyName"]!.ToString());
        Assert.Equal("R&D", account.Attributes[Extension]!["department"]!.ToString());
        Assert.Equal("7", account.Attributes[Extension]!["manager"]!["value"]!.ToString());
        Assert.Equal("a@x;b@x", account.Attributes["emails"]!.ToString());
        Assert.Equal("=1+1", account.Attributes["title"]!.ToString());
        Assert.Equal("'=x", account.Attributes["nickName"]!.ToString());
    }

    [Fact]
    public async Task When_a_sub_attribute_changes_Should_leave_its_siblings()
    {
        using var fixture = new CsvFixture("id,userName,name.givenName,name.familyName\r\n1,a,Ann,Old\r\n");
        await using var connector = fixture.Open();
        var delta = new AccountDelta([new AttributeChange("name", "familyName", "New")], []);
        await connector.UpdateAsync("1", delta, CsvFixture.Context, default);
        Assert.Contains("1,a,Ann,New", fixture.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_columns_are_fixed_Should_keep_their_order_and_refuse_others()
    {
        using var fixture = new CsvFixture();
        await using var connector = fixture.Open("userName", "id");
        await connector.CreateAsync(CsvFixture.User("a", "1"), CsvFixture.Context, default);
        Assert.StartsWith("userName,id,externalId,enabled\r\n", fixture.Text, StringComparison.Ordinal);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.CreateAsync(
            CsvFixture.User("b", "2", new JsonObject { ["title"] = "x" }), CsvFixture.Context, default));
        Assert.Equal(FailureKind.Rejected, failure.Kind);
    }

    [Fact]
    public async Task When_the_name_differs_only_in_case_Should_conflict()
    {
        using var fixture = new CsvFixture("id,userName\r\n1,Ann\r\n");
        await using var connector = fixture.Open();
        var failure = await Assert.ThrowsAsync<ConnectorException>(
            () => connector.CreateAsync(CsvFixture.User("aNN", "2"), CsvFixture.Context, default));
        Assert.Equal(FailureKind.Conflict, failure.Kind);
    }
}
