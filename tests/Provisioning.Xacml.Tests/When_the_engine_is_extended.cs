using static Provisioning.Xacml.Tests.Policies;

namespace Provisioning.Xacml.Tests;

public class When_the_engine_is_extended
{
    private const string Version = "urn:example:type:version";

    private static readonly DataType<System.Version> VersionType = new(
        Version, "version", System.Version.TryParse, value => value.ToString());

    [Fact]
    public void Should_call_a_function_of_its_own()
    {
        var double_ = Function.Create("urn:example:double", DataType.String, DataType.String, text => text + text);
        var pdp = Load(new() { Functions = [double_] }, Rule("Permit", Apply(
            "string-equal", $"<Apply FunctionId='urn:example:double'>{Only("name")}</Apply>" + Text("abab"))));
        Assert.Equal(Decision.Permit, pdp.Evaluate(Request(("name", "ab"))).Decision);
    }

    [Theory]
    [InlineData("fail", "no such account")]
    [InlineData("throw", "function 'urn:example:check' failed")]
    public void Should_be_indeterminate_when_the_function_fails_or_throws(string how, string why)
    {
        var check = Function.Create("urn:example:check", DataType.String, DataType.Boolean, (Func<string, Result<bool>>)(text =>
            text == "fail" ? Failure.Processing("no such account") : throw new InvalidOperationException("broken")));
        var pdp = Load(new() { Functions = [check] }, Rule("Permit", $"<Apply FunctionId='urn:example:check'>{Only("name")}</Apply>"));
        var result = pdp.Evaluate(Request(("name", how)));
        Assert.Equal((Decision.Indeterminate, StatusCodes.ProcessingError), (result.Decision, result.StatusCode));
        Assert.Contains(why, result.StatusMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_compare_values_of_a_data_type_of_its_own()
    {
        var newer = Function.Create("urn:example:newer", VersionType, VersionType, DataType.Boolean, (a, b) => a > b);
        var target = $"""
            <Target><AnyOf><AllOf><Match MatchId="urn:example:newer"><AttributeValue DataType="{Version}">2.0</AttributeValue>
            {Attribute("version", type: Version)}</Match></AllOf></AnyOf></Target>
            """;
        var pdp = Load(new() { Functions = [newer], DataTypes = [VersionType] }, $"<Rule RuleId='r' Effect='Permit'>{target}</Rule>");
        XacmlRequest Ask(string version) => new XacmlRequestBuilder([VersionType]).Add(Subject, "version", Version, version).Build();
        Assert.Equal(Decision.Permit, pdp.Evaluate(Ask("1.9")).Decision);
        Assert.Equal(Decision.NotApplicable, pdp.Evaluate(Ask("2.1")).Decision);
        Assert.Throws<XacmlSyntaxException>(() => Ask("two"));
    }

    [Fact]
    public void Should_combine_by_an_algorithm_of_its_own_with_parameters()
    {
        var majority = new CombiningAlgorithm("urn:example:quorum", (ref Combination rules) =>
        {
            var permits = 0;
            for (var i = 0; i < rules.Count; i++) permits += rules.Evaluate(i) == ExtendedDecision.Permit ? 1 : 0;
            var needed = ((Bag<Integer>)rules.Parameters.Single(one => one.Name == "needed").Value).Values[0];
            return permits >= needed ? ExtendedDecision.Permit : ExtendedDecision.Deny;
        });
        PolicyDecisionPoint Needing(int count) => PolicyDecisionPoint.Load([new PolicySource("p.xml", Policy($"""
            <CombinerParameters><CombinerParameter ParameterName="needed"><AttributeValue DataType="{DataTypes.Integer}">{count}</AttributeValue>
            </CombinerParameter></CombinerParameters>{Rule("Permit")}{Rule("Deny")}{Rule("Permit")}
            """, "urn:example:quorum"))], new PdpOptions { CombiningAlgorithms = [majority] });
        Assert.Equal(Decision.Permit, Needing(2).Evaluate(Request()).Decision);
        Assert.Equal(Decision.Deny, Needing(3).Evaluate(Request()).Decision);
    }

    [Fact]
    public void Should_be_indeterminate_when_an_algorithm_throws()
    {
        var broken = new CombiningAlgorithm("urn:example:broken", (ref Combination _) => throw new InvalidOperationException("broken"));
        var pdp = PolicyDecisionPoint.Load([new PolicySource("p.xml", Policy(Rule("Permit"), "urn:example:broken"))], new() { CombiningAlgorithms = [broken] });
        Assert.Equal((Decision.Indeterminate, "broken"), (pdp.Evaluate(Request()).Decision, pdp.Evaluate(Request()).StatusMessage));
    }

    [Fact]
    public void Should_ask_an_attribute_provider_once_and_only_for_what_the_request_lacks()
    {
        var provider = new Directory();
        var twice = Apply("and", Apply("string-is-in", Text("admin") + Attribute("role")) + Apply("string-is-in", Text("admin") + Attribute("role")));
        var pdp = Load(new() { AttributeProviders = [provider] }, Rule("Permit", twice));
        Assert.Equal(Decision.Permit, pdp.Evaluate(Request(("name", "ann"))).Decision);
        Assert.Equal(["role of ann"], provider.Questions);
        Assert.Equal(Decision.NotApplicable, pdp.Evaluate(Request(("name", "ann"), ("role", "guest"))).Decision);
        Assert.Single(provider.Questions);
    }

    [Theory]
    [InlineData("throw", "directory is down")]
    [InlineData("wrong type", "answered role as integer")]
    public void Should_be_indeterminate_when_an_attribute_provider_fails(string name, string why)
    {
        var pdp = Load(new() { AttributeProviders = [new Directory()] }, Rule("Permit", Apply("string-is-in", Text("admin") + Attribute("role"))));
        var result = pdp.Evaluate(Request(("name", name)));
        Assert.Equal(Decision.Indeterminate, result.Decision);
        Assert.Contains(why, result.StatusMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_refuse_extensions_that_are_defined_already()
    {
        var options = new PdpOptions
        {
            Functions = [Function.Create(FunctionTable.V1 + "string-equal", DataType.String, DataType.String, DataType.Boolean, (_, _) => true)],
            DataTypes = [VersionType, VersionType],
        };
        Assert.Equal(
            [$"data type '{Version}' is defined twice", $"function '{FunctionTable.V1}string-equal' is defined twice"],
            Assert.Throws<PolicyException>(() => PolicyDecisionPoint.Load([], options)).Problems.Select(problem => problem.Message));
    }

    private static string Only(string id) => Apply("string-one-and-only", Attribute(id));

    private static PolicyDecisionPoint Load(PdpOptions options, string body) => PolicyDecisionPoint.Load([new PolicySource("p.xml", Policy(body))], options);

    private sealed class Directory : IAttributeProvider
    {
        public List<string> Questions { get; } = [];

        public Bag? Find(AttributeQuery query)
        {
            if (query.AttributeId != "role") return null;
            var name = query.Request.Find(Subject, "name", DataType.String).Values[0];
            Questions.Add($"role of {name}");
            return name switch
            {
                "throw" => throw new IOException("the directory is down"),
                "wrong type" => DataType.Integer.BagOf(1),
                _ => DataType.String.BagOf("user", "admin"),
            };
        }
    }
}
