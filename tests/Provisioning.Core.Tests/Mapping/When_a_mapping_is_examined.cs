using System.Text.Json.Nodes;
using Provisioning.Core.Mapping;

namespace Provisioning.Core.Tests.Mapping;

public sealed class When_a_mapping_is_examined
{
    private const string Urn = "user['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User']";

    [Theory]
    [InlineData("user.userNmae.value", "users have no attribute 'userNmae'; did you mean 'userName'?")]
    [InlineData("user.username", "did you mean 'userName'?")]
    [InlineData("user.name.givnName", "users have no attribute 'givnName'; did you mean 'givenName'?")]
    [InlineData("user.name.givnName.trim() + 'x'", "did you mean 'givenName'?")]
    [InlineData("user['dispalyName']", "did you mean 'displayName'?")]
    [InlineData("user?.emails?.[0]?.vaule", "did you mean 'value'?")]
    [InlineData("user.emails.map(x => x.vaule)", "did you mean 'value'?")]
    [InlineData("user.emails.filter(x => x.primary).find(x => x.tpye === 'work').value", "did you mean 'type'?")]
    [InlineData("(user.emails.find(x => x.primary) || user.emails[0]).vaule", "did you mean 'value'?")]
    [InlineData("user.emails.value", "'user.emails' is a list; write user.emails[0].value or primary(user.emails)")]
    [InlineData("user.title.value", "'user.title' is a text and has no 'value'")]
    [InlineData("user.title.toUpperCas()", "did you mean 'toUpperCase'?")]
    [InlineData("user.department", "did you mean " + Urn + ".department?")]
    [InlineData(Urn + ".departmnet", "did you mean 'department'?")]
    [InlineData(Urn + ".manager.vaule", "did you mean 'value'?")]
    [InlineData("user['urn:ietf:params:scim:schemas:extension:enterprise:2.0:Usr'].department", "did you mean 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'?")]
    [InlineData("user.groups[0].value", "mappings do not see 'groups' of a user")]
    [InlineData("user.id", "mappings do not see 'id' of a user")]
    [InlineData("usr.userName", "there is no 'usr'; did you mean 'user'?")]
    [InlineData("acount(user.title)", "there is no 'acount'; did you mean 'account'?")]
    [InlineData("parsInt(user.title)", "did you mean 'parseInt'?")]
    [InlineData("user.custom.x.trm()", "there is no function 'trm'; did you mean 'trim'?")]
    [InlineData("Math.rnd()", "there is no function 'rnd'")]
    [InlineData("'x' + Math.random()", "randomPassword()")]
    [InlineData("'x' + Date.now()", "\"on\": \"create\"")]
    [InlineData("new Date().getFullYear()", "\"on\": \"create\"")]
    [InlineData("Date()", "\"on\": \"create\"")]
    public void Should_warn_with_the_nearest_name(string expression, string says)
    {
        var check = MappingCheck.Examine(new JsonObject { ["t"] = expression });
        Assert.Empty(check.Problems);
        Assert.Contains(check.Warnings, x => x.StartsWith("mapping of 't': ", StringComparison.Ordinal) && x.Contains(says, StringComparison.Ordinal));
        AttributeMapping.Compile(new JsonObject { ["t"] = expression });
    }

    [Theory]
    [InlineData("user.userName")]
    [InlineData("user.name.givenName + ' ' + user.name.familyName")]
    [InlineData("user.emails[0].value || user.emails.length")]
    [InlineData("user.emails.find(x => x.primary)?.value ?? user.emails[0].value")]
    [InlineData("user.addresses.map(x => x.country.toUpperCase()).filter((x, i, all) => all.indexOf(x) === i)")]
    [InlineData("account(" + Urn + ".manager.value)")]
    [InlineData(Urn + ".manager['$ref']")]
    [InlineData("user['urn:corp:badge:2.0:User'].card.serial.padStart(8, '0')")]
    [InlineData("join(' ', primary(user.emails), String(user.active), user.roles.map(({ value }) => value))")]
    [InlineData("user.userName.normalize('NFD').replace(/[^a-z]/gi, '').toLowerCase()")]
    [InlineData("(() => { const parts = user.userName.split('.'); return parts.at(-1); })()")]
    [InlineData("(usr => usr.userName)(user)")]
    [InlineData("Object.entries(user.name).map(([k, v]) => k + v).sort().join()")]
    [InlineData("new Date(user.hireDate).toISOString()")]
    [InlineData("new Set([1]).size + [...new Map()].length + Math.max(1) + JSON.stringify(user.name).length")]
    [InlineData("({ a: user.title, trm: 1 })")]
    [InlineData("[1].every(isFinite)")]
    [InlineData("randomPassword(12)")]
    [InlineData("user.name.hasOwnProperty('x')")]
    public void Should_say_nothing_about_what_is_right(string expression) =>
        Assert.DoesNotContain(MappingCheck.Examine(new JsonObject { ["t"] = expression }).Warnings, x => !x.Contains("'hireDate'", StringComparison.Ordinal));

    [Fact]
    public void Should_not_mind_the_time_of_day_where_it_is_kept() =>
        Assert.Empty(MappingCheck.Examine(Parse("""{"t":{"expression":"new Date().toISOString()","on":"create"}}""")).Warnings);

    [Theory]
    [InlineData("user..x", "'user..x' is no valid expression: unexpected token '.' at column 6")]
    [InlineData("user.x +", "at column 9")]
    [InlineData("user.x\n  + )", "at line 2, column 5")]
    [InlineData("user.x) + (1", "at column 7")]
    [InlineData("'x", "at column 1")]
    [InlineData("user.x; user.y", "at column 7")]
    [InlineData("return user.x", "at column 1")]
    [InlineData("", "at column 1")]
    public void Should_point_into_the_expression(string expression, string says)
    {
        var problem = Assert.Single(MappingCheck.Examine(new JsonObject { ["t"] = expression }).Problems);
        Assert.Contains(says, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("anonymous", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_tell_of_everything_at_once() => Assert.Equal(
        (3, 1), MappingCheck.Examine(Parse("""{"a":"(","b[0]":"1","c":"user.titel","d":{"on":"x","expression":"1"}}""")) is var check ? (check.Problems.Count, check.Warnings.Count) : default);

    [Fact]
    public void Should_say_nothing_where_nothing_is_mapped() => Assert.Equal((0, 0), MappingCheck.Examine(null) is var check ? (check.Problems.Count, check.Warnings.Count) : default);

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
