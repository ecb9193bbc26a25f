using System.Text.Json.Nodes;
using Provisioning.Core.Mapping;

namespace Provisioning.Core.Tests.Mapping;

public sealed class When_a_part_of_a_user_is_missing
{
    private const string Urn = "user['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User']";

    // Nothing but a user name and half a name.
    private const string Half = """{"userName":"ada","name":{"givenName":"Ada"},"displayName":"","emails":[],"nickName":null,"age":36,"roles":[{"value":"admin"}]}""";

    [Theory]
    [InlineData("user.a.b")]
    [InlineData("user.a.b.c.d")]
    [InlineData("user.emails[0].value")]
    [InlineData("user.emails.length.x")]
    [InlineData("user.phoneNumbers[0].value")]
    [InlineData(Urn + ".manager.value")]
    [InlineData("account(" + Urn + ".manager.value)")]
    [InlineData("account('')")]
    [InlineData("account()")]
    [InlineData("user.nickName.x")]
    [InlineData("user.name.familyName.toLowerCase()")]
    [InlineData("user.name.familyName.trim().slice(0, 3).toUpperCase()")]
    [InlineData("user.phoneNumbers.map(x => x.value)")]
    [InlineData("user.phoneNumbers.find(x => x.type === 'work').value.trim()")]
    [InlineData("user.roles.find(x => x.value === 'none').display.length")]
    [InlineData("user.phoneNumbers[user.a.b].value")]
    [InlineData("(user.a.b)(1)")]
    [InlineData("user.a.b(user.c)[0].d()")]
    [InlineData("new Date(user.hireDate).toISOString()")]
    [InlineData("new Date(user.hireDate).getFullYear()")]
    [InlineData("new Date(user.hireDate).toDateString()")]
    [InlineData("Date.parse(user.hireDate)")]
    public void Should_read_what_depends_on_it_as_missing(string expression) => Assert.Null(Value(expression));

    [Theory]
    [InlineData("'ou=' + user.department")]
    [InlineData("'ou=' + user.department + ',ou=people'")]
    [InlineData("'x' + user.nickName")]
    [InlineData("('x' /* + */) + (user.a.b)")]
    [InlineData("`${user.name.givenName} ${user.name.familyName}`")]
    [InlineData("`a${`b${user.title}`}`")]
    [InlineData("'x' + `${user.title}`")]
    [InlineData("String(user.title)")]
    [InlineData("[user.title].map(String)[0]")]
    [InlineData("'x'.concat(user.title)")]
    [InlineData("'x-y'.replace('x', user.title)")]
    [InlineData("'x-y'.replaceAll('x', user.title)")]
    [InlineData("encodeURIComponent(user.title)")]
    [InlineData("(() => { let s = 'x'; s += user.title; return s; })()")]
    [InlineData("['a', user.title].reduce((s, x) => s + x)")]
    [InlineData("'x' + user.title * 2")]
    [InlineData("'x' + 1 / 0")]
    [InlineData("(user.title * 2).toFixed(2)")]
    [InlineData("(1 / 0).toFixed(2)")]
    [InlineData("user.emails + ''")]
    [InlineData("typeof user.title")]
    [InlineData("typeof user.title + '!'")]
    [InlineData("typeof user.title === 'undefined' && 'x'.concat(user.title)")]
    public void Should_leave_the_whole_text_out(string expression) => Assert.Null(Value(expression));

    [Theory]
    [InlineData("user.age * user.factor")]
    [InlineData("user.age + user.more")]
    [InlineData("-user.title")]
    [InlineData("parseInt(user.title)")]
    [InlineData("Number(user.title)")]
    [InlineData("Math.max(user.title, 1)")]
    [InlineData("1 / 0")]
    [InlineData("0 / 0")]
    [InlineData("null")]
    [InlineData("undefined")]
    [InlineData("x => x")]
    [InlineData("user.userName.trim")]
    [InlineData("Symbol('x')")]
    [InlineData("({ a: user.title, b: { c: user.nickName, d: [user.title] } })")]
    [InlineData("[user.title, null, 0 / 0, x => x]")]
    public void Should_send_neither_null_nor_what_is_no_value(string expression) => Assert.Null(Value(expression));

    [Theory]
    [InlineData("user.displayName || user.name.givenName + ' ' + user.name.familyName || user.userName", "\"ada\"")]
    [InlineData("user.title ?? 'none'", "\"none\"")]
    [InlineData("user.title === undefined ? 'none' : user.title", "\"none\"")]
    [InlineData("typeof user.title === 'undefined' ? 'none' : 'some'", "\"none\"")]
    [InlineData("join(' ', user.name.givenName, user.name.familyName)", "\"Ada\"")]
    [InlineData("join(' ', user.title, user.displayName) ?? user.userName", "\"ada\"")]
    [InlineData("join(', ', user.roles.map(x => x.value), 'all')", "\"admin, all\"")]
    [InlineData("[user.name.givenName, user.name.familyName].filter(Boolean).join(' ')", "\"Ada\"")]
    [InlineData("primary(user.phoneNumbers) ?? primary(user.roles)", "\"admin\"")]
    [InlineData("[...user.roles.map(x => x.value), ...user.phoneNumbers, ...user.emails]", """["admin"]""")]
    [InlineData("[user.title, 'b', [null, 'c']]", """["b",["c"]]""")]
    [InlineData("({ a: user.title, b: 1, c: { d: user.nickName } })", """{"b":1}""")]
    [InlineData("({ ...user.name, ...user.none })", """{"givenName":"Ada"}""")]
    [InlineData("Object.keys(user.none).length + Object.entries(user.name).length", "1")]
    [InlineData("Array.from(user.phoneNumbers).length", "0")]
    [InlineData("'x' in user.none", "false")]
    [InlineData("(() => { const { a } = user.none; const [b] = user.phoneNumbers; for (const x of user.phoneNumbers) return 1; return a ?? b ?? 'none'; })()", "\"none\"")]
    [InlineData("(({ givenName }) => givenName ?? 'none')(user.none)", "\"none\"")]
    [InlineData("user.phoneNumbers.length > 0", "false")]
    [InlineData("user.userName[0] + user.userName.length", "\"a3\"")]
    [InlineData("user.userName[0]", "\"a\"")]
    [InlineData("user.roles.length", "1")]
    [InlineData("user.userName.length", "3")]
    [InlineData("1 + 2 + 'x' + 3 + true + -1", "\"3x3true-1\"")]
    [InlineData("user.age + 1", "37")]
    [InlineData("0.1 + 0.2", "0.30000000000000004")]
    [InlineData("`${user.age}${user.roles[0].value}`", "\"36admin\"")]
    [InlineData("String(user.age) + String(true) + String()", "\"36true\"")]
    [InlineData("String.fromCharCode(65) + String.raw`b`", "\"Ab\"")]
    [InlineData("user.userName + // the name\n '@corp.example'", "\"ada@corp.example\"")]
    [InlineData("\"it's \" + `${'}'}` + '`+`'", "\"it's }`+`\"")]
    [InlineData("'' + new Date(0).toISOString()", "\"1970-01-01T00:00:00.000Z\"")]
    [InlineData("user?.name?.givenName", "\"Ada\"")]
    [InlineData("(i => { i++; ++i; return i + +i + i++; })(1)", "9")]
    [InlineData("[]", "[]")]
    [InlineData("user.emails", "[]")]
    public void Should_give_what_is_there(string expression, string expected)
    {
        var value = Value(expression);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), value), value?.ToJsonString());
    }

    [Theory]
    [InlineData("'x' + user.name", "object")]
    [InlineData("`${user.roles}`", "list")]
    [InlineData("String(user.name)", "object")]
    [InlineData("user.roles.join(';')", "object")]
    [InlineData("user.name.toString()", "object")]
    [InlineData("'x'.concat(user.name)", "object")]
    [InlineData("join(' ', user.name)", "object")]
    [InlineData("account(user.name)", "object")]
    [InlineData("[String(user.name)]", "object")]
    public void Should_say_that_an_object_is_no_text(string expression, string says)
    {
        var message = Assert.Throws<MappingException>(() => Value(expression)).Message;
        Assert.StartsWith("mapping of 't': ", message, StringComparison.Ordinal);
        Assert.Contains(says, message, StringComparison.Ordinal);
        Assert.DoesNotContain("[object", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("user.userName.toUpperCas()", "toUpperCas")]
    [InlineData("nope(user.userName)", "nope")]
    [InlineData("user.nope()", "nope")]
    public void Should_still_say_what_is_misspelt(string expression, string says) =>
        Assert.Contains(says, Assert.Throws<MappingException>(() => Value(expression)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("user.userName")]
    [InlineData("user.userName + ''")]
    [InlineData("({ a: user.userName })")]
    public void Should_leave_names_alone_that_look_like_what_is_missing(string expression)
    {
        foreach (var name in new[] { "undefined", "NaN", "[object Object]", "Infinity Ltd" })
            Assert.Contains(name, Map(expression, new JsonObject { ["userName"] = name })!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("user.title")]
    [InlineData("user.displayName")]
    [InlineData("user.emails")]
    [InlineData("'ou=' + user.department")]
    public void Should_say_so_where_it_is_required(string expression)
    {
        var mapping = AttributeMapping.Compile(new JsonObject { ["t"] = new JsonObject { ["expression"] = expression, ["required"] = true } });
        var failure = Assert.Throws<MappingException>(() => mapping.Map(JsonNode.Parse(Half)!.AsObject(), null));
        Assert.Equal("mapping of 't': is required and has no value for this user", failure.Message);
    }

    [Fact]
    public void Should_take_the_default_where_there_is_one() => Assert.Equal(
        "none", AttributeMapping.Compile(JsonNode.Parse("""{"t":{"expression":"'ou=' + user.department","default":"none"}}""")!.AsObject()).Map([], null)["t"]!.ToString());

    private static JsonNode? Value(string expression) => Map(expression, JsonNode.Parse(Half)!.AsObject());

    private static JsonNode? Map(string expression, JsonObject user) =>
        AttributeMapping.Compile(new JsonObject { ["t"] = expression }).Map(user, null)["t"];
}
