using Provisioning.Xacml.Testing;
using static Provisioning.Xacml.Tests.Policies;

namespace Provisioning.Xacml.Tests;

public sealed class When_conformance_cases_are_run : IDisposable
{
    private const string Ok = "urn:oasis:names:tc:xacml:1.0:status:ok";
    private readonly string _folder = Directory.CreateTempSubdirectory("conformance").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Should_pass_what_is_answered_as_expected()
    {
        Write("suite/a", Permit(), Response("Permit"));
        Assert.Equal([Verdict.Passed], Run().Select(one => one.Verdict));
    }

    [Theory]
    [InlineData("Deny", Ok, "", "decision: Deny expected, Permit answered")]
    [InlineData("Permit", "urn:other", "", "status: urn:other expected")]
    [InlineData("Permit", Ok, "<Obligations><Obligation ObligationId='o'/></Obligations>", "missing Obligation o")]
    [InlineData("Permit", Ok, "<PolicyIdentifierList><PolicyIdReference Version='1.0'>p</PolicyIdReference></PolicyIdentifierList>", "missing PolicyIdReference p")]
    public void Should_say_what_differs(string decision, string status, string rest, string difference)
    {
        Write("suite/a", Permit(), Response(decision, status, rest));
        var outcome = Assert.Single(Run());
        Assert.Equal(Verdict.Failed, outcome.Verdict);
        Assert.Contains(difference, outcome.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_compare_values_by_their_type_and_parts_as_sets()
    {
        static string Part(string id, string type, string value, string kind) => kind == "Expression"
            ? $"<AttributeAssignmentExpression AttributeId='{id}'><AttributeValue DataType='{type}'>{value}</AttributeValue></AttributeAssignmentExpression>"
            : $"<AttributeAssignment AttributeId='{id}' DataType='{type}'>{value}</AttributeAssignment>";
        var policy = Policy(Rule("Permit", rest: "<ObligationExpressions><ObligationExpression ObligationId='o' FulfillOn='Permit'>"
            + Part("n", DataTypes.Integer, "7", "Expression") + Part("t", DataTypes.DateTime, "2020-01-01T00:00:00Z", "Expression")
            + "</ObligationExpression></ObligationExpressions>"));
        Write("suite/a", policy, Response("Permit", Ok, "<Obligations><Obligation ObligationId='o'>"
            + Part("t", DataTypes.DateTime, "2020-01-01T01:00:00+01:00", "") + Part("n", DataTypes.Integer, "+07", "") + "</Obligation></Obligations>"));
        Assert.Null(Assert.Single(Run()).Detail);
    }

    [Fact]
    public void Should_count_the_JSON_form_as_a_case_of_its_own()
    {
        Write("suite/a", Permit(), Response("Permit"));
        File.WriteAllText(Path.Combine(_folder, "suite/a/Request.json"), """{"Request":{"AccessSubject":{"Attribute":[]}}}""");
        File.WriteAllText(Path.Combine(_folder, "suite/a/Response.json"), """{"Response":[{"Decision":"Deny"}]}""");
        Assert.Equal([("xml", Verdict.Passed), ("json", Verdict.Failed)], Run().Select(one => (one.Form, one.Verdict)));
    }

    [Theory]
    [InlineData("policy-reject", Verdict.Failed)]
    [InlineData("policy-load", Verdict.Passed)]
    [InlineData("request-reject", Verdict.Failed)]
    [InlineData("something-new", Verdict.Unsupported)]
    public void Should_do_what_the_index_asks(string kind, Verdict expected)
    {
        Write("suite/a", Permit(), Response("Deny"));
        File.WriteAllText(Path.Combine(_folder, "index.tsv"), $"folder\tcase\tkind\nsuite\ta\t{kind}\n");
        Assert.Equal(expected, Assert.Single(Run()).Verdict);
    }

    [Theory]
    [InlineData("policy-reject", Verdict.Passed)]
    [InlineData("policy-reject-or-indeterminate", Verdict.Passed)]
    [InlineData("policy-load", Verdict.Failed)]
    [InlineData("evaluate", Verdict.Failed)]
    public void Should_know_a_refused_policy(string kind, Verdict expected)
    {
        Write("suite/a", Policy("<Rule RuleId='r' Effect='Maybe'/>"), Response("Permit"));
        File.WriteAllText(Path.Combine(_folder, "suite", "index.tsv"), $"case\tkind\na\t{kind}\n");
        Assert.Equal(expected, Assert.Single(Run()).Verdict);
    }

    [Theory]
    [InlineData("json-request-accept", """{"Request":{"Action":{}}}""", Verdict.Passed)]
    [InlineData("json-request-accept", """{"Request":{"Motion":{}}}""", Verdict.Failed)]
    [InlineData("json-request-reject", """{"Request":{"Motion":{}}}""", Verdict.Passed)]
    [InlineData("json-request-reject", """{"Request":{"Action":{}}}""", Verdict.Failed)]
    public void Should_read_requests_without_policies(string kind, string request, Verdict expected)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "json/a"));
        File.WriteAllText(Path.Combine(_folder, "json/a/Request.json"), request);
        File.WriteAllText(Path.Combine(_folder, "index.tsv"), $"folder\tcase\tkind\njson\ta\t{kind}\n");
        Assert.Equal(expected, Assert.Single(Run()).Verdict);
    }

    [Theory]
    [InlineData("Permit", "ok", Verdict.Passed)]
    [InlineData("Deny", "ok", Verdict.Failed)]
    [InlineData("", "", Verdict.Failed)]
    public void Should_take_the_word_of_the_index_where_there_is_no_response(string decision, string status, Verdict expected)
    {
        Write("suite/a", Permit(), "");
        File.Delete(Path.Combine(_folder, "suite/a/Response.xml"));
        File.WriteAllText(Path.Combine(_folder, "index.tsv"), $"folder\tcase\tkind\texpected\tstatus\nsuite\ta\tevaluate\t{decision}\t{status}\n");
        Assert.Equal(expected, Assert.Single(Run()).Verdict);
    }

    [Fact]
    public void Should_run_only_the_forms_that_are_there()
    {
        Write("suite/a", Permit(), Response("Permit"));
        File.Delete(Path.Combine(_folder, "suite/a/Request.xml"));
        File.WriteAllText(Path.Combine(_folder, "suite/a/Request.json"), """{"Request":{"Action":{}}}""");
        Assert.Equal([("json", Verdict.Passed)], Run().Select(one => (one.Form, one.Verdict)));
    }

    [Fact]
    public void Should_not_take_a_policy_for_a_root_that_is_only_there_to_be_referred_to()
    {
        Write("suite/a", Permit(), Response("Permit"));
        Directory.CreateDirectory(Path.Combine(_folder, "suite/a/refPolicies"));
        File.WriteAllText(Path.Combine(_folder, "suite/a/refPolicies/other.xml"), Policy(Rule("Deny"), id: "other"));
        Assert.Null(Assert.Single(Run()).Detail);
    }

    [Fact]
    public void Should_take_the_policy_that_the_cases_stand_beside()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "cases/portal/a"));
        File.WriteAllText(Path.Combine(_folder, "portal.xml"), Permit());
        File.WriteAllText(Path.Combine(_folder, "cases/portal/a/Request.xml"), Formats.Requests.Xml(Formats.Requests.Category(Subject, "")));
        File.WriteAllText(Path.Combine(_folder, "cases/portal/index.tsv"), "case\tkind\texpected\na\tevaluate\tPermit\n");
        Assert.Equal([("portal/a", Verdict.Passed)], Run().Select(one => (one.Case.Id, one.Verdict)));
    }

    [Fact]
    public void Should_say_when_nothing_was_judged()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "cases/portal/a"));
        File.WriteAllText(Path.Combine(_folder, "portal.xml"), Permit());
        File.WriteAllText(Path.Combine(_folder, "cases/portal/a/Request.xml"), Formats.Requests.Xml(Formats.Requests.Category(Subject, "")));
        Assert.Contains("1 of 1 cases were not judged: nothing says what is expected of them", ConformanceReport.Unjudged(Run()), StringComparison.Ordinal);
        Write("suite/a", Policy(Rule("Permit", Apply("no-such-function", ""))), Response("Permit"));
        Assert.Contains("no case was judged", ConformanceReport.Unjudged([.. Run().Where(one => one.Case.Suite == "suite")]), StringComparison.Ordinal);
        Write("suite/b", Permit(), Response("Permit"));
        Assert.Null(ConformanceReport.Unjudged([.. Run().Where(one => one.Case.Suite == "suite")]));
    }

    [Fact]
    public void Should_find_the_cases_that_a_pattern_names()
    {
        foreach (var name in new[] { "one/a", "one/b", "two/a" }) Write(name, Permit(), Response("Permit"));
        Assert.Equal(["one/a", "two/a"], ConformanceSuite.Find(_folder, "a").Select(one => one.Id));
        Assert.Equal(["one/a", "one/b"], ConformanceSuite.Find(_folder, "one/*").Select(one => one.Id));
        Assert.Equal(["two/a"], ConformanceSuite.Find(Path.Combine(_folder, "two")).Select(one => one.Id));
        Assert.Equal(["two/a"], ConformanceSuite.Find(Path.Combine(_folder, "two", "a")).Select(one => one.Id));
    }

    private static string Permit() => Policy(Rule("Permit"));

    private static string Response(string decision, string status = Ok, string rest = "") =>
        "<Response xmlns='urn:oasis:names:tc:xacml:3.0:core:schema:wd-17'><Result>"
        + $"<Decision>{decision}</Decision><Status><StatusCode Value='{status}'/></Status>{rest}</Result></Response>";

    private List<CaseOutcome> Run() => [.. ConformanceSuite.Find(_folder).SelectMany(CaseRunner.Run)];

    private void Write(string name, string policy, string response)
    {
        var place = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        File.WriteAllText(Path.Combine(place, "Policy.xml"), policy);
        File.WriteAllText(Path.Combine(place, "Request.xml"), Formats.Requests.Xml(Formats.Requests.Category(Subject, "")));
        File.WriteAllText(Path.Combine(place, "Response.xml"), response);
    }
}
