using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using static Provisioning.Xacml.Tests.Policies;

namespace Provisioning.Xacml.Tests;

/// <summary>access-permitted (core A.3.16): the same policies, asked again with other content in one category.</summary>
public class When_a_policy_asks_whether_access_is_permitted
{
    private const string FirstApplicable = "urn:oasis:names:tc:xacml:1.0:rule-combining-algorithm:first-applicable";
    private const string DenyUnlessPermit = "urn:oasis:names:tc:xacml:3.0:rule-combining-algorithm:deny-unless-permit";
    private const string Resource = Formats.Requests.Resource;

    // Who may read the manager's file may read the file: asks about the manager in place of the user.
    private static readonly string Delegated = Policy(
        Rule("Permit", IsIn("boss"), "boss") + Rule("Deny", IsIn("banned"), "banned")
        + Rule("Permit", Ask(Subject, Said("user", "boss")), "asks-for-boss"), FirstApplicable);

    [Fact]
    public void Should_hold_if_the_other_request_is_permitted() =>
        Assert.Equal(Decision.Permit, Load(Delegated).Evaluate(Request(("user", "ann"))).Decision);

    [Theory]
    [InlineData("banned")] // Deny
    [InlineData("nobody")] // NotApplicable, when the rule that asks is left out
    public void Should_not_hold_if_the_other_request_is_not_permitted(string other)
    {
        var policy = Policy(
            Rule("Permit", IsIn("boss"), "boss") + Rule("Deny", IsIn("banned"), "banned")
            + Rule("Permit", Apply("and", IsIn("ann") + Ask(Subject, Said("user", other))), "asks"), FirstApplicable);
        Assert.Equal(Decision.NotApplicable, Load(policy).Evaluate(Request(("user", "ann"))).Decision);
    }

    [Fact]
    public void Should_not_hold_if_the_other_request_is_indeterminate()
    {
        var fails = Rule("Permit", Apply("and", IsIn("cid") + Apply("string-is-in", Text("x") + Attribute("absent", needed: true))), "fails");
        var asks = Rule("Permit", Apply("and", IsIn("ann") + Ask(Subject, Said("user", "cid"))), "asks");
        Assert.Equal(Decision.NotApplicable, Load(Policy(fails + asks)).Evaluate(Request(("user", "ann"))).Decision);
    }

    [Fact]
    public void Should_keep_the_other_categories_and_drop_all_of_the_one_exchanged()
    {
        var asks = Rule("Permit", Apply("and", IsIn("asker", "role") + Ask(Subject, Said("user", "boss"))), "asks");
        var keeps = Rule("Permit", Apply("and", IsIn("boss") + OfResource("file") + Apply("integer-equal", Apply("string-bag-size", Attribute("role")) + Number(0))), "boss");
        var request = new XacmlRequestBuilder().Add(Subject, "role", DataType.String, "asker").Add(Resource, "id", DataType.String, "file");
        Assert.Equal(Decision.Permit, Load(Policy(asks + keeps)).Evaluate(request.Build()).Decision);
        request = new XacmlRequestBuilder().Add(Subject, "role", DataType.String, "asker").Add(Resource, "id", DataType.String, "other");
        Assert.Equal(Decision.NotApplicable, Load(Policy(asks + keeps)).Evaluate(request.Build()).Decision);
    }

    [Theory]
    [InlineData("<Content><md:file xmlns:md='urn:md'><md:owner>ann</md:owner></md:file></Content>")]
    [InlineData("<x:Content xmlns:x='urn:oasis:names:tc:xacml:3.0:core:schema:wd-17'><md:file xmlns:md='urn:md'><md:owner>ann</md:owner></md:file></x:Content>")]
    [InlineData("<md:file xmlns:md='urn:md'><md:owner>ann</md:owner></md:file>")]
    public void Should_look_into_the_content_given(string content)
    {
        var owns = $"<AttributeSelector xmlns:md='urn:md' Category='{Resource}' Path='md:file/md:owner' DataType='{DataTypes.String}' MustBePresent='false'/>";
        var policy = Policy(Rule("Permit", Apply("string-is-in", Text("ann") + owns), "owner")
            + Rule("Permit", Apply("and", IsIn("ann") + Ask(Resource, content)), "asks"), FirstApplicable);
        Assert.Equal(Decision.Permit, Load(policy).Evaluate(Request(("user", "ann"))).Decision);
    }

    [Theory]
    [InlineData("<Attribute")]
    [InlineData("text")]
    [InlineData("</Attributes><Attributes Category='urn:other'>")]
    [InlineData("<Attribute AttributeId='a'/>")]
    [InlineData("<Attribute AttributeId='a' IncludeInResult='false'><AttributeValue DataType='http://www.w3.org/2001/XMLSchema#integer'>x</AttributeValue></Attribute>")]
    [InlineData("<!DOCTYPE a [<!ENTITY e 'x'>]><Attribute/>")]
    [InlineData("<Content/>")]
    public void Should_be_indeterminate_if_the_text_is_no_content(string content)
    {
        var result = Load(Policy(Rule("Permit", Ask(Subject, content)))).Evaluate(Request());
        Assert.Equal((Decision.Indeterminate, StatusCodes.SyntaxError), (result.Decision, result.StatusCode));
    }

    [Fact]
    public void Should_stop_policies_that_ask_in_a_circle_and_say_so()
    {
        // Inside, deny-unless-permit makes a Deny of every error; the circle is an error of the first call all the same.
        var match = $"<Match MatchId='{FunctionTable.V1}string-equal'>{Text("x")}{Attribute("user")}</Match>";
        var circle = Policy(Rule("Permit", Ask(Subject, Said("user", "x"))), DenyUnlessPermit, "circle")
            .Replace("<Target/>", $"<Target><AnyOf><AllOf>{match}</AllOf></AnyOf></Target>", StringComparison.Ordinal);
        var result = Load(circle, Policy(Rule("Permit", Ask(Subject, Said("user", "x"))))).Evaluate(Request(("user", "ann")));
        Assert.Equal((Decision.Indeterminate, StatusCodes.ProcessingError), (result.Decision, result.StatusCode));
        Assert.Equal([StatusCodes.LimitReached], result.MinorStatusCodes);
        Assert.Contains("in a circle", result.StatusMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_stop_policies_that_ask_too_often()
    {
        var asks = Apply("any-of", $"<Function FunctionId='{FunctionTable.V3}access-permitted'/>{Uri("urn:other")}{Attribute("texts")}", "3.0");
        var policy = Policy(Rule("Permit", asks));
        XacmlResult With(int texts)
        {
            var request = new XacmlRequestBuilder().Add(Subject, "texts", DataTypes.String, [.. Enumerable.Repeat("<Attribute", texts - 1), ""]);
            return PolicyDecisionPoint.Load([new("p", policy)], new PdpOptions { RequestLimits = new() { NestedDecisions = 3 } }).Evaluate(request.Build());
        }

        Assert.Equal([StatusCodes.LimitReached], With(1).MinorStatusCodes);
    }

    [Fact]
    public void Should_let_as_many_evaluations_pass_as_the_limit_says()
    {
        string Policies(int calls) => Policy(Rule("Permit", Apply("and", IsIn("ann") + Apply("not", Apply("or",
            string.Concat(Enumerable.Repeat(Ask(Subject, Said("user", "bob")), calls)))))));
        XacmlResult With(int calls) => PolicyDecisionPoint.Load(
            [new("p", Policies(calls))], new PdpOptions { RequestLimits = new() { NestedDecisions = 5 } }).Evaluate(Request(("user", "ann")));
        Assert.Equal(Decision.Permit, With(5).Decision);
        Assert.Equal(Decision.Indeterminate, With(6).Decision);
    }

    [Fact]
    public void Should_ask_at_the_same_moment()
    {
        var clock = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromHours(1) };
        var now = $"<AttributeDesignator Category='{Categories.Environment}' AttributeId='urn:oasis:names:tc:xacml:1.0:environment:current-dateTime' DataType='{DataTypes.DateTime}' MustBePresent='true'/>";
        var noon = $"<AttributeValue DataType='{DataTypes.DateTime}'>2000-01-01T00:00:00Z</AttributeValue>";
        var policy = Policy(
            Rule("Permit", Apply("and", IsIn("boss") + Apply("dateTime-is-in", noon + now)), "boss")
            + Rule("Permit", Apply("and", Apply("dateTime-is-in", noon + now) + Apply("not", IsIn("boss")) + Ask(Subject, Said("user", "boss"))), "asks"));
        Assert.Equal(Decision.Permit, PolicyDecisionPoint.Load([new("p", policy)], new PdpOptions { Time = clock }).Evaluate(Request(("user", "ann"))).Decision);
    }

    [Fact]
    public void Should_hold_only_as_long_as_the_other_decision()
    {
        var now = $"<AttributeDesignator Category='{Categories.Environment}' AttributeId='urn:oasis:names:tc:xacml:1.0:environment:current-dateTime' DataType='{DataTypes.DateTime}' MustBePresent='true'/>";
        var end = $"<AttributeValue DataType='{DataTypes.DateTime}'>2026-03-05T00:00:00Z</AttributeValue>";
        var open = Apply("dateTime-less-than", Apply("dateTime-one-and-only", now) + end);
        var policy = Policy(Rule("Permit", Apply("and", IsIn("boss") + open), "boss") + Rule("Permit", Apply("and", IsIn("ann") + Ask(Subject, Said("user", "boss"))), "asks"));
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 13, 0, 0, TimeSpan.Zero));
        var answer = PolicyDecisionPoint.Load([new("p", policy)], new PdpOptions { Time = clock }).Evaluate(Request(("user", "ann")));
        Assert.Equal((Decision.Permit, new DateTimeOffset(2026, 3, 5, 0, 0, 0, TimeSpan.Zero)), (answer.Decision, answer.HoldsUntil));
    }

    [Fact]
    public void Should_keep_the_obligations_of_the_other_decision_out()
    {
        var duty = "<ObligationExpressions><ObligationExpression ObligationId='o' FulfillOn='Permit'/></ObligationExpressions>";
        var policy = Policy(Rule("Permit", IsIn("boss"), "boss", duty) + Rule("Permit", Ask(Subject, Said("user", "boss")), "asks"), FirstApplicable);
        var result = Load(policy).Evaluate(Request(("user", "ann")));
        Assert.Equal((Decision.Permit, 0), (result.Decision, result.Obligations.Count));
    }

    [Fact]
    public void Should_show_in_the_trace_what_was_asked()
    {
        var trace = new EvaluationTrace();
        Load(Delegated).Evaluate(Request(("user", "ann")), trace);
        var asked = trace.Roots.Single().Children[2].Asked.Single();
        Assert.Equal(("p", ExtendedDecision.Permit, "boss"), (asked.Id, asked.Decision, asked.Children.Single(child => child.IsDecisive).Id));
        Assert.Contains("asked by access-permitted:", trace.Render(), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(trace.ToJson());
        Assert.Equal("Permit", json.RootElement[0].GetProperty("children")[2].GetProperty("asked")[0].GetProperty("decision").GetString());
    }

    [Fact]
    public void Should_serve_as_the_function_of_a_target()
    {
        var match = $"<Match MatchId='{FunctionTable.V3}access-permitted'>{Uri(Subject)}{Attribute("as")}</Match>";
        var policy = Policy(Rule("Permit", IsIn("boss"), "boss") + $"<Rule RuleId='asks' Effect='Permit'><Target><AnyOf><AllOf>{match}</AllOf></AnyOf></Target></Rule>");
        Assert.Equal(Decision.Permit, Load(policy).Evaluate(Request(("as", Said("user", "boss")))).Decision);
        Assert.Equal(Decision.NotApplicable, Load(policy).Evaluate(Request(("as", Said("user", "bob")))).Decision);
    }

    private static string Said(string id, string value) =>
        $"<Attribute AttributeId='{id}' IncludeInResult='false'><AttributeValue DataType='{DataTypes.String}'>{value}</AttributeValue></Attribute>";

    private static string Ask(string category, string content) =>
        Apply("access-permitted", Uri(category) + Text(System.Security.SecurityElement.Escape(content)!), "3.0");

    private static string IsIn(string value, string attribute = "user") => Apply("string-is-in", Text(value) + Attribute(attribute));

    private static string OfResource(string id) => Apply("string-is-in", Text(id) + Attribute("id").Replace(Subject, Resource, StringComparison.Ordinal));

    private static string Number(int value) => $"<AttributeValue DataType='{DataTypes.Integer}'>{value}</AttributeValue>";

    private static string Uri(string value) => $"<AttributeValue DataType='{DataTypes.AnyUri}'>{value}</AttributeValue>";
}
