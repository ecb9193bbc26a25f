using System.Text.Json.Nodes;
using Provisioning.Core.Mapping;

namespace Provisioning.Core.Tests.Mapping;

public sealed class When_a_password_is_generated
{
    [Fact]
    public void Should_keep_its_place_and_no_password_in_what_is_desired()
    {
        var mapping = AttributeMapping.Compile(Parse("""{"userName":"user.userName","password":"randomPassword()","pin.secret":"randomPassword(8)"}"""));
        var desired = mapping.Map(Parse("""{"userName":"ada"}"""), null);
        Assert.Equal(
            """{"userName":"ada","password":{"$generate":"password","length":24},"pin":{"secret":{"$generate":"password","length":8}}}""", desired.ToJsonString());
        Assert.True(JsonNode.DeepEquals(desired, mapping.Map(Parse("""{"userName":"ada"}"""), desired)));
    }

    [Theory]
    [InlineData("randomPassword()", 24)]
    [InlineData("randomPassword(8)", 8)]
    [InlineData("randomPassword(128)", 128)]
    [InlineData("randomPassword(user.none)", 24)]
    public void Should_make_another_one_for_each_account(string expression, int length)
    {
        var desired = AttributeMapping.Compile(new JsonObject { ["password"] = expression }).Map([], null);
        var kept = desired.ToJsonString();
        var made = Enumerable.Range(0, 20).Select(_ => GeneratedSecret.Reveal(desired)["password"]!.GetValue<string>()).ToList();
        Assert.Equal(kept, desired.ToJsonString());
        Assert.Equal(20, made.Distinct().Count());
        Assert.All(made, x =>
        {
            Assert.Equal(length, x.Length);
            Assert.True(x.Any(char.IsAsciiLetterUpper) && x.Any(char.IsAsciiLetterLower) && x.Any(char.IsAsciiDigit) && !x.All(char.IsAsciiLetterOrDigit), x);
        });
    }

    [Fact]
    public void Should_make_one_for_each_place_wherever_it_is()
    {
        var place = GeneratedSecret.Password(null);
        var revealed = GeneratedSecret.Reveal(new JsonObject
        {
            ["password"] = place.DeepClone(), ["a"] = new JsonObject { ["b"] = new JsonArray(new JsonObject { ["c"] = place.DeepClone() }, place.DeepClone()) },
        });
        string[] made = [revealed["password"]!.ToString(), revealed["a"]!["b"]![0]!["c"]!.ToString(), revealed["a"]!["b"]![1]!.ToString()];
        Assert.Equal(3, made.Where(x => x.Length == 24).Distinct().Count());
    }

    [Fact]
    public void Should_leave_other_attributes_as_they_are()
    {
        var attributes = Parse("""{"a":{"$generate":"other","length":1},"b":{"$generate":"password"},"c":["x"]}""");
        Assert.Same(attributes, GeneratedSecret.Reveal(attributes));
        var (known, desired) = GeneratedSecret.Withhold(attributes, attributes);
        Assert.Same(attributes, known);
        Assert.Same(attributes, desired);
    }

    [Theory]
    [InlineData("""{"a":1,"password":P}""", """{"a":2,"password":P}""", """{"a":1}""", """{"a":2}""")]
    [InlineData("""{"a":1}""", """{"a":1,"password":P}""", """{"a":1}""", """{"a":1}""")]
    [InlineData("""{"a":1,"password":"old"}""", """{"a":1,"password":P}""", """{"a":1}""", """{"a":1}""")]
    [InlineData("""{"a":1,"password":P}""", """{"a":1}""", """{"a":1}""", """{"a":1}""")]
    [InlineData("""{}""", """{"p":{"password":P,"force":true}}""", """{}""", """{"p":{"force":true}}""")]
    [InlineData("""{"p":{"password":P,"force":true}}""", """{"p":{"password":P,"force":false}}""", """{"p":{"force":true}}""", """{"p":{"force":false}}""")]
    [InlineData("""{"p":{"password":P}}""", """{"p":{"password":P}}""", """{}""", """{}""")]
    [InlineData("""{"l":[P]}""", """{"l":[P,1]}""", """{}""", """{}""")]
    public void Should_not_be_part_of_an_update(string known, string desired, string knownSent, string desiredSent)
    {
        var place = GeneratedSecret.Password(null).ToJsonString();
        var sent = GeneratedSecret.Withhold(Parse(known.Replace("P", place, StringComparison.Ordinal)), Parse(desired.Replace("P", place, StringComparison.Ordinal)));
        Assert.Equal((knownSent, desiredSent), (sent.Known.ToJsonString(), sent.Desired.ToJsonString()));
    }

    [Theory]
    [InlineData("password", "'Welcome-' + user.userName")]
    [InlineData("password", "user.userName")]
    [InlineData("userPassword", "Math.random().toString(36)")]
    [InlineData("credentials.initialPassword", "`x${user.userName}`")]
    [InlineData("unicodePwd", "true ? 'x' : randomPassword()")]
    [InlineData("urn:x:2.0:User:clientSecret", "user.title || 'x'")]
    public void Should_refuse_to_keep_another_one_in_the_ledger(string target, string expression) =>
        Assert.Contains("randomPassword()", Assert.Single(MappingCheck.Examine(new JsonObject { [target] = expression }).Problems), StringComparison.Ordinal);

    [Theory]
    [InlineData("passwordProfile", "({ password: 'x' + user.userName })")]
    [InlineData("credentials", "[{ type: 'password', password: user.userName }]")]
    public void Should_park_the_user_rather_than_keep_one_that_was_not_foreseen(string target, string expression)
    {
        var failure = Assert.Throws<MappingException>(() => AttributeMapping.Compile(new JsonObject { [target] = expression }).Map(Parse("""{"userName":"ada"}"""), null));
        Assert.DoesNotContain("ada", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("changePasswordAtNextLogin", "true")]
    [InlineData("resetPassword", "!user.active")]
    [InlineData("pwdLastSet", "0")]
    [InlineData("passwordPolicies", "'DisablePasswordExpiration'")]
    [InlineData("passwordProfile", "({ password: randomPassword(), forceChangePasswordNextSignIn: true })")]
    public void Should_take_settings_of_passwords(string target, string expression)
    {
        Assert.Empty(MappingCheck.Examine(new JsonObject { [target] = expression }).Problems);
        Assert.NotNull(AttributeMapping.Compile(new JsonObject { [target] = expression }).Map([], null)[target]);
    }

    [Theory]
    [InlineData("randomPassword(7)")]
    [InlineData("randomPassword(129)")]
    [InlineData("randomPassword('x')")]
    public void Should_refuse_a_length_that_is_none(string expression) =>
        Assert.Contains("8 to 128", Assert.Throws<MappingException>(() => AttributeMapping.Compile(new JsonObject { ["password"] = expression }).Map([], null)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"badge":{"$generate":"password","length":24},"department":"x"}""")]
    [InlineData("""{"badge":[{"$account":"somebody"}],"department":"x"}""")]
    [InlineData("""{"badge":{"a":{"$account":"somebody"}},"department":"x"}""")]
    public void Should_not_let_an_application_write_such_a_place(string extension)
    {
        var user = new JsonObject { ["urn:x:2.0:User"] = Parse(extension) };
        Assert.DoesNotContain("\"$", AttributeMapping.Compile(null).Map(user, null).ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("\"$", AttributeMapping.Compile(Parse("""{"t":"user['urn:x:2.0:User']","u":"({ ...user['urn:x:2.0:User'] })"}""")).Map(user, null).ToJsonString(), StringComparison.Ordinal);
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
