using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Provisioning.Testing;

namespace Provisioning.Acceptance.Tests;

/// <summary>The host as a decision service: the REST profile of XACML and the AuthZEN Authorization API, over the same policies.</summary>
public sealed class When_others_ask_the_policies(When_others_ask_the_policies.SharedHost shared) : IClassFixture<When_others_ask_the_policies.SharedHost>
{
    private const string Policy = """
        <Policy xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicyId="documents" Version="1.0"
                RuleCombiningAlgId="urn:oasis:names:tc:xacml:3.0:rule-combining-algorithm:deny-unless-permit">
          <Target/>
          <Rule RuleId="clearance" Effect="Permit">
            <Target/>
            <Condition>
              <Apply FunctionId="urn:oasis:names:tc:xacml:1.0:function:integer-greater-than-or-equal">
                <Apply FunctionId="urn:oasis:names:tc:xacml:1.0:function:integer-one-and-only">
                  <AttributeDesignator AttributeId="clearance" DataType="http://www.w3.org/2001/XMLSchema#integer" MustBePresent="true"
                    Category="urn:oasis:names:tc:xacml:1.0:subject-category:access-subject"/>
                </Apply>
                <AttributeValue DataType="http://www.w3.org/2001/XMLSchema#integer">3</AttributeValue>
              </Apply>
            </Condition>
            <ObligationExpressions>
              <ObligationExpression ObligationId="log" FulfillOn="Permit">
                <AttributeAssignmentExpression AttributeId="document">
                  <AttributeDesignator AttributeId="urn:oasis:names:tc:xacml:1.0:resource:resource-id" MustBePresent="false"
                    Category="urn:oasis:names:tc:xacml:3.0:attribute-category:resource" DataType="http://www.w3.org/2001/XMLSchema#string"/>
                </AttributeAssignmentExpression>
              </ObligationExpression>
            </ObligationExpressions>
          </Rule>
        </Policy>
        """;

    private const string Ada = """{ "type": "user", "id": "ada", "properties": { "clearance": 4 } }""";
    private const string Bob = """{ "type": "user", "id": "bob", "properties": { "clearance": 1 } }""";
    private const string Read = """{ "name": "read" }""";
    private const string Plan = """{ "type": "document", "id": "plan" }""";

    private const string XacmlJson =
        """{ "Request": { "AccessSubject": { "Attribute": [ { "AttributeId": "clearance", "Value": 5 } ] }, "Resource": { "Attribute": [ { "AttributeId": "urn:oasis:names:tc:xacml:1.0:resource:resource-id", "Value": "plan" } ] } } }""";

    private readonly HttpClient _client = shared.Client;

    [Fact]
    public async Task Should_answer_a_request_in_its_own_format_or_the_one_asked_for()
    {
        var json = await DecideAsync(XacmlJson, "application/xacml+json", null);
        Assert.Equal("application/xacml+json", json.Content.Headers.ContentType!.MediaType);
        var result = JsonNode.Parse(await json.Content.ReadAsStringAsync())!["Response"]![0]!;
        Assert.Equal("Permit", (string?)result["Decision"]);
        Assert.Equal("plan", (string?)result["Obligations"]![0]!["AttributeAssignment"]![0]!["Value"]);

        var xml = await DecideAsync(XacmlJson, "application/json", "application/xacml+xml");
        Assert.Equal("application/xacml+xml", xml.Content.Headers.ContentType!.MediaType);
        Assert.Contains("<Decision>Permit</Decision>", await xml.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_refuse_what_it_cannot_read_or_write()
    {
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await DecideAsync("permit: true", "application/yaml", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotAcceptable, (await DecideAsync(XacmlJson, "application/xacml+json", "text/html")).StatusCode);
        var broken = await DecideAsync("<!DOCTYPE r [<!ENTITY e 'x'>]><Request/>", "application/xacml+xml", null);
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
        Assert.Contains("urn:oasis:names:tc:xacml:1.0:status:syntax-error", await broken.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_show_the_way_from_the_entry_point()
    {
        var home = JsonNode.Parse(await _client.GetStringAsync("/authorization"))!;
        var link = (string)home["resources"]!["http://docs.oasis-open.org/ns/xacml/relation/pdp"]!["href"]!;
        using var request = Body(XacmlJson, "application/xacml+json");
        Assert.True((await _client.PostAsync(link, request)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Should_answer_one_evaluation()
    {
        var permit = await AskAsync("evaluation", $$"""{ "subject": {{Ada}}, "action": {{Read}}, "resource": {{Plan}} }""");
        Assert.True((bool)permit["decision"]!);
        Assert.Equal("plan", (string?)permit["context"]!["obligations"]![0]!["attributes"]!["document"]![0]);
        var deny = await AskAsync("evaluation", $$"""{ "subject": {{Bob}}, "action": {{Read}}, "resource": {{Plan}}, "context": { "time": "noon" } }""");
        Assert.False((bool)deny["decision"]!);
    }

    [Fact]
    public async Task Should_say_what_is_wrong_with_an_evaluation()
    {
        using var body = Body($$"""{ "subject": { "type": "user" }, "action": {{Read}}, "resource": {{Plan}} }""", "application/json");
        using var message = new HttpRequestMessage(HttpMethod.Post, "/access/v1/evaluation") { Content = body };
        message.Headers.Add("X-Request-ID", "r-1");
        var answer = await _client.SendAsync(message);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("'subject.id'", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("r-1", Assert.Single(answer.Headers.GetValues("X-Request-ID")));
    }

    [Fact]
    public async Task Should_answer_several_evaluations_with_shared_parts()
    {
        var answers = await AskAsync("evaluations", $$"""
            { "subject": {{Ada}}, "action": {{Read}}, "evaluations": [ { "resource": {{Plan}} }, { "subject": {{Bob}}, "resource": {{Plan}} }, {} ] }
            """);
        Assert.Equal([true, false, false], answers["evaluations"]!.AsArray().Select(x => (bool)x!["decision"]!));
        Assert.Equal(400, (int)answers["evaluations"]![2]!["context"]!["error"]!["status"]!);
        var single = await AskAsync("evaluations", $$"""{ "subject": {{Ada}}, "action": {{Read}}, "resource": {{Plan}} }""");
        Assert.True((bool)single["decision"]!);
    }

    [Fact]
    public async Task Should_stop_where_the_semantic_says()
    {
        foreach (var (semantic, asked) in new[] { ("deny_on_first_deny", 2), ("permit_on_first_permit", 1), ("execute_all", 3) })
        {
            var answers = await AskAsync("evaluations", $$"""
                { "action": {{Read}}, "resource": {{Plan}}, "options": { "evaluations_semantic": "{{semantic}}" },
                  "evaluations": [ { "subject": {{Ada}} }, { "subject": {{Bob}} }, { "subject": {{Ada}} } ] }
                """);
            Assert.Equal(asked, answers["evaluations"]!.AsArray().Count);
        }
    }

    [Fact]
    public async Task Should_publish_its_metadata_to_everybody_and_answers_to_none_without_a_token()
    {
        using var stranger = new HttpClient { BaseAddress = new Uri(shared.Url) };
        var metadata = JsonNode.Parse(await stranger.GetStringAsync("/.well-known/authzen-configuration"))!;
        Assert.Equal($"{shared.Url}/access/v1/evaluation", (string?)metadata["access_evaluation_endpoint"]);
        foreach (var path in new[] { "/access/v1/evaluation", "/access/v1/evaluations", "/authorization/pdp" })
        {
            using var body = Body("{}", "application/json");
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.PostAsync(path, body)).StatusCode);
        }
    }

    private async Task<HttpResponseMessage> DecideAsync(string text, string mediaType, string? accept)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/authorization/pdp") { Content = Body(text, mediaType) };
        if (accept is not null) message.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        return await _client.SendAsync(message);
    }

    private async Task<JsonNode> AskAsync(string endpoint, string text)
    {
        using var body = Body(text, "application/json");
        var answer = await _client.PostAsync($"/access/v1/{endpoint}", body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private static StringContent Body(string text, string mediaType) => new(text, Encoding.UTF8, mediaType);

    /// <summary>One host for all the questions; they change nothing.</summary>
    public sealed class SharedHost : IAsyncLifetime
    {
        private HostProcess _host = null!;

        public HttpClient Client { get; private set; } = null!;

        public string Url => _host.Url;

        public async ValueTask InitializeAsync()
        {
            var policies = TestFolder.Create();
            await File.WriteAllTextAsync(Path.Combine(policies, "documents.xml"), Policy);
            _host = await new HostProcess(policies: policies).StartAsync();
            Client = _host.Client("resident");
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await _host.DisposeAsync();
        }
    }
}
