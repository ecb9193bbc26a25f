using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Provisioning.Host.Tests;

/// <summary>Whatever a caller sends, the fault is the caller's: never a 5xx, and nothing in the log. The inputs are made by chance, and the same each time.</summary>
public sealed partial class When_callers_send_anything : IAsyncLifetime
{
    private const int Rounds = 30;

    private static readonly string[] Values =
    [
        "\"\\ud800\"", "\"x\\udc00y\"", "\"\\u0000\"", "\"\ud83d\ude00\"", "null", "true", "\"False\"", "0", "-1", "1e999999", "1.0000000000000000000000001", "[]", "{}", "[[]]",
        "[null]", "[1,\"a\",{}]", "{\"value\":{\"value\":[]}}", "{\"value\":\"\\ud800\"}", "[{\"value\":\"a\",\"VALUE\":\"b\"}]", "\"\"", "\" \"", "{\"\":1}",
        "[{\"value\":\"False\"}]", "{\"\\ud800\":1}", "\"1996-13-45T99:99:99Z\"", "{\"$ref\":{}}", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
    ];

    private static readonly string[] Filters =
    [
        "userName eq \"\\ud800\"", "userName eq \"\\udc00\" or x pr", "emails[value eq \"\\ud800\"]", "userName eq \"\\u0000\"", "displayName co \"\\ud83d\"", "userName eq \"\\uD83D\\uDE00\"",
        "userName eq", "(((", "x[y[z eq 1]]", "a eq 1e999999", "meta.lastModified gt \"x\"", "userName eq \"\\x\"", "id eq null", "not (", "members eq \"\\ud800\"",
        "urn:ietf:params:scim:schemas:core:2.0:User:userName eq \"\\ud800\"", "externalId eq \"\\ud800\"", "id eq \"\\ud800\"", "displayName eq \"\\ud800\"", "active eq \"\ufffd\"",
    ];

    private static readonly string[] Csvs =
    [
        "userName,USERNAME\nada,eve\n", "userName,name,name.givenName\nada,b,c\n", "userName,title\nada,caf\u00e9\n", "userName,title\n\"ada\n", "", "\n\n", "userName,,\nada,b,c\n",
        "userName,active\nada,[1]\n", ".,..\na,b\n", "userName,emails\nada,;;;\n", "userName,name..x\nada,b\n", $"userName,title\nada,{new string('x', 3_000_000)}\n",
    ];

    private InboundRig _rig = null!;

    public async ValueTask InitializeAsync() => _rig = await InboundRig.StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public Task Should_answer_each_body_with_no_fault_of_its_own() => SendAsync(Rounds);

    [Fact(Explicit = true)]
    public async Task Should_answer_twenty_thousand_bodies_in_the_same_memory()
    {
        await SendAsync(200);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var sent = await SendAsync(1_300);
        Assert.InRange(sent, 20_000, int.MaxValue);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 64 * 1024 * 1024);
    }

    // A user, a group, and every kind of request about them, changed in all ways.
    private async Task<int> SendAsync(int rounds)
    {
        using var portal = _rig.Client();
        using var resident = _rig.Client(_rig.ResidentToken);
        (portal.Timeout, resident.Timeout) = (TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30));
        var name = $"there{rounds}";
        var (_, made) = await InboundRig.SendAsync(portal, "POST", "/scim/v2/Users", Encoding.UTF8.GetBytes($$"""{"userName":"{{name}}","emails":[{"value":"a@b","type":"work"}]}"""));
        var user = Id().Match(made).Groups[1].Value;
        var (_, grouped) = await InboundRig.SendAsync(portal, "POST", "/scim/v2/Groups", Encoding.UTF8.GetBytes($$"""{"displayName":"{{name}}","members":[{"value":"{{user}}"}]}"""));
        var group = Id().Match(grouped).Groups[1].Value;
        var random = new Random(20_261_130);
        var sent = 0;
        foreach (var (method, path, type, body) in Seeds(user, group))
        {
            for (var round = 0; round < rounds; round++, sent++)
            {
                var mutated = Mutate(body, random);
                var (status, answer) = await InboundRig.SendAsync(path.StartsWith("/api/admin", StringComparison.Ordinal) ? resident : portal, method, path, mutated, type);
                Assert.True((int)status is < 500 or 501, $"{method} {path} {Encoding.Latin1.GetString(mutated)}: {(int)status} {answer}");
            }
        }

        Assert.Empty(_rig.Logged);
        return sent;
    }

    [Fact]
    public async Task Should_answer_each_query_with_no_fault_of_its_own()
    {
        using var portal = _rig.Client();
        await InboundRig.SendAsync(portal, "POST", "/scim/v2/Users", Encoding.UTF8.GetBytes("""{"userName":"there","displayName":"There","emails":[{"value":"a@b"}]}"""));
        await InboundRig.SendAsync(portal, "POST", "/scim/v2/Groups", Encoding.UTF8.GetBytes("""{"displayName":"crew"}"""));
        foreach (var path in (string[])["/scim/v2/Users", "/scim/v2/Groups"])
            foreach (var filter in Filters)
                foreach (var query in (string[])[$"filter={Uri.EscapeDataString(filter)}", $"filter={Uri.EscapeDataString(filter)}&attributes=%ED%A0%80,a..b,[", $"startIndex={filter[..2]}&count=%FF", "excludedAttributes=%00,x[&count=-1"])
                {
                    using var response = await portal.GetAsync($"{path}?{query}");
                    Assert.True((int)response.StatusCode < 500, $"{path} {filter}: {await response.Content.ReadAsStringAsync()}");
                }

        foreach (var id in (string[])["%ED%A0%80", "%FF", "%C3%28", "x%00y", "%F0%9F%98%80"])
            foreach (var path in (string[])["/scim/v2/Users", "/scim/v2/Groups", "/scim/v2/Schemas", "/api/admin/assignments"])
                Assert.True((int)(await portal.GetAsync($"{path}/{id}")).StatusCode < 500, $"{path}/{id}");
        Assert.Empty(_rig.Logged);
    }

    [Theory]
    [InlineData("""{"userName":"k","displayName":"\ud800"}""", "invalidSyntax", "displayName")]
    [InlineData("""{"userName":"k","displayNa\udc00me":"x"}""", "invalidSyntax", "name of an attribute")]
    [InlineData("{\"userName\":\"u\u00e9\"}", "invalidSyntax", "userName")]
    [InlineData("{\"userNam\u00d9e\":\"u\"}", "invalidSyntax", "name of an attribute")]
    [InlineData("""{"USERNAME":"a","userName":"b"}""", "invalidSyntax", "'userName' is there twice")]
    [InlineData("""{"userName":"a","name":{"givenName":"x","GivenName":"y"}}""", "invalidSyntax", "'GivenName' is there twice")]
    [InlineData("""{"userName":"a","active":[{"value":"maybe"}]}""", "invalidValue", "'active'")]
    public async Task Should_say_what_is_wrong_with_the_text(string body, string type, string said)
    {
        using var portal = _rig.Client();
        foreach (var path in (string[])["/scim/v2/Users", "/api/sign-ins"])
        {
            var (status, answer) = await InboundRig.SendAsync(portal, "POST", path, Encoding.Latin1.GetBytes(body));
            Assert.Equal(400, (int)status);
            Assert.Contains(type, answer, StringComparison.Ordinal);
            Assert.Contains(said, answer, StringComparison.Ordinal);
        }

        Assert.Empty(_rig.Logged);
    }

    [Fact]
    public async Task Should_say_what_is_wrong_with_options()
    {
        using var portal = _rig.Client();
        var (status, answer) = await InboundRig.SendAsync(
            portal, "POST", "/access/v1/evaluations", """{"evaluations":[{}],"options":"x"}"""u8.ToArray(), "application/json");
        Assert.Equal((400, true), ((int)status, answer.Contains("'options' must be an object", StringComparison.Ordinal)));
    }

    [Fact]
    public void Should_refuse_an_import_file_or_read_it()
    {
        var folder = Directory.CreateTempSubdirectory("imports-").FullName;
        var random = new Random(7);
        foreach (var (i, body) in Enumerable.Range(0, 200).Select(i => (i, Mutate("""{"userName":"ada","name":{"givenName":"A"},"emails":[{"value":"a"}]}""", random)))
            .Concat(Csvs.Select((csv, i) => (1_000 + i, Encoding.UTF8.GetBytes(csv)))).Concat(Csvs.Select((csv, i) => (2_000 + i, Encoding.Latin1.GetBytes(csv)))))
        {
            var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{i}.{(i < 1_000 ? "jsonl" : "csv")}"));
            File.WriteAllBytes(path, body);
            try
            {
                Assert.DoesNotContain(Imports.UserFile.Read(path), x => x.User.ToJsonString().Length == 0);
            }
            catch (FormatException exception)
            {
                Assert.Contains(Path.GetFileName(path), exception.Message, StringComparison.Ordinal);
            }
        }

        Directory.Delete(folder, recursive: true);
    }

    private static IEnumerable<(string Method, string Path, string Type, string Body)> Seeds(string user, string group)
    {
        const string Scim = "application/scim+json", Json = "application/json";
        const string User = """{"userName":"ada","externalId":"7","active":true,"name":{"givenName":"A"},"emails":[{"value":"a@b","type":"work","primary":true}],"roles":[{"value":"r"}],"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"D","manager":{"value":"m"}}}""";
        const string Patch = """{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"add","path":"emails","value":[{"value":"c","primary":true}]},{"op":"replace","path":"emails[type eq \"work\"].value","value":"d"},{"op":"replace","value":{"active":"False","name.givenName":"B"}},{"op":"remove","path":"title","value":"t"}]}""";
        var crew = $$"""{"displayName":"crew","members":[{"value":"{{user}}","display":"x"}],"externalId":"7"}""";
        yield return ("POST", "/scim/v2/Users", Scim, User);
        yield return ("PUT", $"/scim/v2/Users/{user}", Scim, User.Replace("ada", "there", StringComparison.Ordinal));
        yield return ("PATCH", $"/scim/v2/Users/{user}", Scim, Patch);
        yield return ("POST", "/scim/v2/Groups", Scim, crew.Replace("crew", "other", StringComparison.Ordinal));
        yield return ("PUT", $"/scim/v2/Groups/{group}", Scim, crew);
        yield return ("PATCH", $"/scim/v2/Groups/{group}", Scim, $$"""{"Operations":[{"op":"add","path":"members","value":[{"value":"{{user}}"}]},{"op":"remove","path":"members[value eq \"{{user}}\"]"},{"op":"replace","path":"displayName","value":"crew"}]}""");
        yield return ("POST", "/api/sign-ins", Json, User);
        yield return ("POST", "/scim/v2/Users/.search", Scim, """{"filter":"userName sw \"t\" and emails[type eq \"work\"].value pr","attributes":["userName"],"sortBy":"name.givenName","sortOrder":"descending","startIndex":1,"count":5}""");
        yield return ("POST", "/scim/v2/Groups/.search", Scim, """{"filter":"displayName co \"c\"","cursor":"","excludedAttributes":["members"],"count":5}""");
        yield return ("POST", "/scim/v2/Bulk", Scim, $$$"""{"failOnErrors":3,"Operations":[{"method":"POST","path":"/Groups","bulkId":"g","data":{"displayName":"g","members":[{"value":"bulkId:u"}]}},{"method":"POST","path":"/Users","bulkId":"u","data":{"userName":"bulk"}},{"method":"PATCH","path":"/Users/{{{user}}}","version":"W/\"1\"","data":{"Operations":[{"op":"add","path":"title","value":"t"}]}}]}""");
        yield return ("POST", "/api/admin/service-providers/portal/imports", Json, """{"dryRun":false,"users":[{"userName":"row","emails[type eq \"work\"].value":"a@b","name":{"familyName":null}},{"userName":"row2","active":"false"}]}""");
        yield return ("POST", "/api/admin/service-providers/portal/users", Json, User);
        yield return ("POST", "/access/v1/evaluation", Json, """{"subject":{"type":"user","id":"a","properties":{"x":[1,"y",true]}},"action":{"name":"read"},"resource":{"type":"t","id":"r"},"context":{"c":{"d":1.5}}}""");
        yield return ("POST", "/access/v1/evaluations", Json, """{"subject":{"type":"user","id":"a"},"action":{"name":"read"},"evaluations":[{"resource":{"type":"t","id":"r"}},{"resource":{"type":"t","id":"s"},"context":{}}],"options":{"evaluations_semantic":"execute_all"}}""");
        yield return ("POST", "/authorization/pdp", "application/xacml+json", """{"Request":{"Category":[{"CategoryId":"urn:oasis:names:tc:xacml:1.0:subject-category:access-subject","Attribute":[{"AttributeId":"a","DataType":"string","Value":["x","y"]},{"AttributeId":"b","Value":1}],"Content":"<x/>"}],"ReturnPolicyIdList":true,"MultiRequests":{"RequestReference":[{"ReferenceId":["a"]}]}}}""");
        yield return ("POST", "/authorization/pdp", "application/xacml+xml", """<Request xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" CombinedDecision="false" ReturnPolicyIdList="false"><Attributes Category="urn:oasis:names:tc:xacml:1.0:subject-category:access-subject"><Attribute IncludeInResult="true" AttributeId="a"><AttributeValue DataType="http://www.w3.org/2001/XMLSchema#string">x</AttributeValue></Attribute></Attributes></Request>""");
    }

    private static byte[] Mutate(string body, Random random)
    {
        for (var times = random.Next(1, 3); times > 0; times--)
        {
            body = random.Next(6) switch
            {
                0 or 1 or 2 => ReplaceOne(Text(), body, _ => Values[random.Next(Values.Length)], random),
                3 => ReplaceOne(Name(), body, name => $"{name}:{Values[random.Next(Values.Length)]},{name.ToUpperInvariant()}:", random).Replace("::", ":", StringComparison.Ordinal),
                4 => body[..random.Next(body.Length)],
                _ => body.Insert(random.Next(body.Length), "\u00d9"),
            };
            if (body.Length == 0)
                body = "[";
        }

        // Latin-1 makes of a letter with an accent a byte that is no UTF-8.
        return random.Next(4) == 0 ? Encoding.Latin1.GetBytes(body) : Encoding.UTF8.GetBytes(body);
    }

    private static string ReplaceOne(Regex what, string body, Func<string, string> by, Random random)
    {
        var found = what.Matches(body);
        if (found.Count == 0)
            return body;
        var one = found[random.Next(found.Count)];
        return body[..one.Index] + by(one.Value) + body[(one.Index + one.Length)..];
    }

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"(?!:)|true|false|[0-9.]+|\\{\\}|\\[[^\\[\\]]*\\]")]
    private static partial Regex Text();

    [GeneratedRegex("\"[^\"]*\"(?=:)")]
    private static partial Regex Name();

    [GeneratedRegex("\"id\":\"([^\"]+)\"")]
    private static partial Regex Id();
}
