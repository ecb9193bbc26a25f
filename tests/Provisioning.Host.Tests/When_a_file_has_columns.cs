using System.Text.Json.Nodes;
using Provisioning.Host.Imports;
using Provisioning.Host.Inbound;
using Provisioning.Scim;

namespace Provisioning.Host.Tests;

/// <summary>Columns of a CSV file are paths of SCIM, with types.</summary>
public sealed class When_a_file_has_columns : IDisposable
{
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.csv");

    [Theory]
    [InlineData("displayName", "Ada", """{"displayName":"Ada"}""")]
    [InlineData("DISPLAYNAME", "Ada", """{"displayName":"Ada"}""")]
    [InlineData("name.familyName", "Byron", """{"name":{"familyName":"Byron"}}""")]
    [InlineData("active", "False", """{"active":false}""")]
    [InlineData("emails", "a@x; b@x", """{"emails":[{"value":"a@x"},{"value":"b@x"}]}""")]
    [InlineData("emails.value", "a@x", """{"emails":[{"value":"a@x"}]}""")]
    [InlineData("emails[type eq \"work\"].value", "a@x", """{"emails":[{"type":"work","value":"a@x"}]}""")]
    [InlineData("addresses[type eq \"work\"].country", "NO", """{"addresses":[{"type":"work","country":"NO"}]}""")]
    [InlineData("department", "Sales", """{"URN":{"department":"Sales"}}""")]
    [InlineData("manager", "m1", """{"URN":{"manager":{"value":"m1"}}}""")]
    [InlineData("manager.value", "m1", """{"URN":{"manager":{"value":"m1"}}}""")]
    [InlineData(Enterprise + ":department", "Sales", """{"URN":{"department":"Sales"}}""")]
    [InlineData(Enterprise + ":manager.value", "m1", """{"URN":{"manager":{"value":"m1"}}}""")]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User:title", "x", """{"title":"x"}""")]
    [InlineData("urn:example:wardrobe:shoe", "36", """{"urn:example:wardrobe":{"shoe":"36"}}""")]
    public void Should_take_each_to_its_place(string column, string cell, string expected)
    {
        File.WriteAllText(_path, $"userName,{Quoted(column)}\nada,{Quoted(cell)}\n");
        var user = UserMerge.WithoutNull(ScimUser.Read(Assert.Single(UserFile.Read(_path)).User, [StandardSchemas.EnterpriseUser]));
        user.Remove("userName");
        var wanted = JsonNode.Parse(expected.Replace("URN", Enterprise, StringComparison.Ordinal));
        Assert.True(JsonNode.DeepEquals(wanted, user), user.ToJsonString());
    }

    [Theory]
    [InlineData("dispalyName", "did you mean 'displayName'?")]
    [InlineData("departement", "did you mean 'department'?")]
    [InlineData("name.givenname2", "did you mean 'name.givenName'?")]
    [InlineData("addresses", "addresses[type eq \"work\"].formatted")]
    [InlineData("addresses.country", "addresses[type eq \"work\"].country")]
    [InlineData("emails[type is work].value", "emails[type is work].value")]
    [InlineData("emails[type eq \"work\"].colour", "no attribute")]
    [InlineData("name", "name one of them")]
    [InlineData("title.part", "has no parts")]
    [InlineData("password", "not kept")]
    [InlineData("groups", "the host itself writes it")]
    [InlineData(Enterprise + ":dept", "no attribute")]
    public void Should_refuse_what_is_none_and_say_what_may_be_meant(string column, string expected)
    {
        File.WriteAllText(_path, $"userName,{Quoted(column)},titel\nada,x,y\n");
        var refused = Assert.Throws<FormatException>(() => UserFile.Read(_path).ToList());
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.Contains("line 1: there is no attribute 'titel'; did you mean 'title'?", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("displayName,name.givenName\nx,y\n", "no column 'userName'")]
    [InlineData("userName,emails,emails.value\na,b,c\n", "two columns are 'emails'")]
    [InlineData("userName,title,TITLE\na,b,c\n", "is there twice")]
    [InlineData("userName,active\na,maybe\n", "line 2: 'active' is 'maybe'")]
    public void Should_refuse_a_file_that_cannot_be_meant(string text, string expected)
    {
        File.WriteAllText(_path, text);
        Assert.Contains(expected, Assert.Throws<FormatException>(() => UserFile.Read(_path).ToList()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Should_tell_the_encoding_by_its_mark(string encoding)
    {
        File.WriteAllText(_path, "userName,title\nrené,b\n", System.Text.Encoding.GetEncoding(encoding));
        Assert.Equal("rené", Assert.Single(UserFile.Read(_path)).User["userName"]!.ToString());
    }

    [Fact]
    public void Should_change_one_entry_of_a_list_and_keep_the_others()
    {
        var stored = JsonNode.Parse("""{"userName":"ada","emails":[{"type":"home","value":"h@x"},{"type":"work","value":"w@x"}]}""")!.AsObject();
        File.WriteAllText(_path, "userName,\"emails[type eq \"\"work\"\"].value\"\nada,new@x\nada,\n");
        var rows = UserFile.Read(_path).Select(x => UserMerge.Merge(stored, ScimUser.Read(x.User, [StandardSchemas.EnterpriseUser]))).ToList();
        Assert.Equal("""[{"type":"home","value":"h@x"},{"type":"work","value":"new@x"}]""", rows[0]["emails"]!.ToJsonString());
        Assert.Equal("h@x", rows[1]["emails"]![0]!["value"]!.ToString());
        Assert.DoesNotContain("w@x", rows[1].ToJsonString(), StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_path);

    private static string Quoted(string cell) => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
