using static Provisioning.Xacml.Tests.Policies;

namespace Provisioning.Xacml.Tests;

public class When_policies_that_load_are_examined
{
    private const string FirstApplicable = "urn:oasis:names:tc:xacml:1.0:rule-combining-algorithm:first-applicable";

    private static readonly AttributeCatalog Catalog = new(
        [
            new(Subject, "department", DataType.String),
            new(Subject, "country", DataType.String, IsSingle: true),
            new("urn:other", "floor", DataType.Integer),
        ],
        ["urn:open"]);

    [Fact]
    public void Should_have_nothing_to_say_about_sound_policies() =>
        Assert.Empty(Examine(Policy(Rule("Permit", IsIn("department", "sales")) + Rule("Deny", id: "rest"), FirstApplicable)));

    [Theory]
    [InlineData("false", "the condition of rule 'r' is always false: it can never apply")]
    [InlineData("true", "the condition of rule 'r' is always true: it can be left out")]
    public void Should_find_conditions_of_constant_value(string value, string expected)
    {
        var condition = Apply("boolean-equal", Boolean("true") + Boolean(value));
        Assert.Equal(expected, Assert.Single(Examine(Policy(Rule("Permit", condition)))).Message);
    }

    [Fact]
    public void Should_find_what_stands_behind_a_rule_that_always_applies()
    {
        var finding = Assert.Single(Examine(Policy("\n" + Rule("Deny", id: "all") + "\n" + Rule("Permit", IsIn("department", "sales")), FirstApplicable)));
        Assert.Equal(("0.xml", 5, "rule 'r' is never reached: rule 'all' (0.xml:4) always applies before it"), (finding.File, finding.Line, finding.Message));
    }

    [Fact]
    public void Should_not_mind_the_same_order_where_it_does_not_count() =>
        Assert.Empty(Examine(Policy(Rule("Deny", id: "all") + Rule("Permit", IsIn("department", "sales")))));

    [Fact]
    public void Should_find_targets_that_contradict_those_around_them()
    {
        var rule = $"<Rule RuleId='r' Effect='Permit'>{Target("country", "DE")}</Rule>";
        var finding = Assert.Single(Examine(Policy(rule).Replace("<Target/>", Target("country", "FR", "IT"), StringComparison.Ordinal)));
        Assert.Equal("rule 'r' can never apply: its target and those around it want different values of 'country', which has only one", finding.Message);
    }

    [Fact]
    public void Should_not_call_two_values_a_contradiction_where_an_attribute_can_have_both()
    {
        var rule = $"<Rule RuleId='r' Effect='Permit'>{Target("department", "sales")}</Rule>";
        Assert.Empty(Examine(Policy(rule).Replace("<Target/>", Target("department", "legal"), StringComparison.Ordinal)));
    }

    [Fact]
    public void Should_not_call_a_choice_that_is_left_a_contradiction()
    {
        var rule = $"<Rule RuleId='r' Effect='Permit'>{Target("country", "DE", "FR")}</Rule>";
        Assert.Empty(Examine(Policy(rule).Replace("<Target/>", Target("country", "FR", "IT"), StringComparison.Ordinal)));
    }

    [Fact]
    public void Should_name_the_nearest_of_an_attribute_that_requests_never_have()
    {
        var finding = Assert.Single(Examine(Policy(Rule("Permit", IsIn("departmant", "sales")))));
        Assert.Equal($"requests never have attribute 'departmant' in category '{Subject}'; did you mean 'department'?", finding.Message);
        Assert.Contains("in category 'urn:other'?", Assert.Single(Examine(Policy(Rule("Permit", IsIn("floor", "1"))))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("departmnt", 1)]
    [InlineData("shoeSize", 0)]
    public void Should_only_mind_slips_where_other_attributes_are_possible(string attribute, int findings) =>
        Assert.Equal(findings, Examine(Policy(Rule("Permit", IsIn(attribute, "x"))).Replace(Subject, "urn:open", StringComparison.Ordinal)).Count);

    [Fact]
    public void Should_find_attributes_asked_for_in_a_type_that_requests_do_not_have()
    {
        var condition = Apply("integer-is-in", $"<AttributeValue DataType='{DataTypes.Integer}'>1</AttributeValue>" + Attribute("department", type: DataTypes.Integer));
        Assert.Contains("asked for as integer, but requests have it as string", Assert.Single(Examine(Policy(Rule("Permit", condition)))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("and", "false", "the condition of rule 'r' is never true, whatever the request: it can never apply")]
    [InlineData("or", "true", "the condition of rule 'r' is never false, whatever the request: only an error keeps it from applying")]
    [InlineData("and", "true", null)]
    [InlineData("or", "false", null)]
    public void Should_see_through_and_or_and_variables(string junction, string constant, string? expected)
    {
        var variable = $"<VariableDefinition VariableId='v'>{Boolean(constant)}</VariableDefinition>";
        var condition = Apply(junction, IsIn("department", "sales") + Apply(junction, "<VariableReference VariableId='v'/>" + IsIn("country", "DE")));
        Assert.Equal(expected, Examine(Policy(variable + Rule("Permit", condition))).SingleOrDefault()?.Message);
    }

    [Fact]
    public void Should_not_take_for_ever_over_variables_that_use_each_other()
    {
        static string Twice(string id) => string.Concat(Enumerable.Repeat($"<VariableReference VariableId='{id}'/>", 2));
        var variables = string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"<VariableDefinition VariableId='v{i}'>{Apply("and", i == 59 ? IsIn("department", "sales") : Twice($"v{i + 1}"))}</VariableDefinition>"));
        Assert.Empty(Examine(Policy(variables + Rule("Permit", Apply("and", Twice("v0"))))));
    }

    [Fact]
    public void Should_find_calls_that_fail_whatever_the_request()
    {
        var condition = Apply("string-equal", Text("a") + Apply("string-one-and-only", Apply("string-bag", "")));
        var finding = Assert.Single(Examine(Policy("\n" + Rule("Permit", condition))));
        Assert.Equal((4, "this call fails whatever the request: string-one-and-only got 0 values"), (finding.Line, finding.Message));
    }

    [Fact]
    public void Should_find_what_stands_behind_a_rule_with_the_same_target()
    {
        static string Of(string id, string target, string effect = "Permit", string condition = "") => $"<Rule RuleId='{id}' Effect='{effect}'>{target}{condition}</Rule>\n";
        string Whole(string rules) => Policy("\n" + rules, FirstApplicable);
        var wide = Of("wide", Target("department", "sales", "legal"));
        var finding = Assert.Single(Examine(Whole(wide + Of("narrow", Target("department", "legal"), "Deny"))));
        Assert.Equal((5, "rule 'narrow' is never reached: rule 'wide' (0.xml:4) applies before it whenever its target matches"), (finding.Line, finding.Message));
        Assert.Empty(Examine(Whole(wide + Of("other", Target("department", "it")))));
        Assert.Empty(Examine(Whole(Of("narrow", Target("department", "legal"), "Deny") + wide)));
        Assert.Empty(Examine(Whole(Of("some", Target("department", "legal"), "Deny", $"<Condition>{IsIn("country", "DE")}</Condition>") + wide)));
        Assert.Empty(Examine(Policy("\n" + wide + Of("narrow", Target("department", "legal"), "Deny"))));
    }

    [Fact]
    public void Should_find_rules_of_one_policy_that_share_an_id()
    {
        var twice = "\n" + Rule("Permit", IsIn("department", "a"), "same") + "\n" + Rule("Deny", IsIn("department", "b"), "same");
        var finding = Assert.Single(Examine(Policy(twice)));
        Assert.Equal((5, "rule 'same' has the id of another rule of its policy (0.xml:4)"), (finding.Line, finding.Message));
        Assert.Empty(PolicyCheck.Examine(Load(Policy(Rule("Permit", id: "r")), Policy(Rule("Permit", id: "r"), id: "q"))));
    }

    [Fact]
    public void Should_find_issuers_that_requests_do_not_name()
    {
        var issued = Apply("string-is-in", Text("x") + Attribute("department").Replace("<AttributeDesignator", "<AttributeDesignator Issuer='hr'", StringComparison.Ordinal));
        Assert.Contains("from issuer 'hr', but requests name no issuer", Assert.Single(Examine(Policy(Rule("Permit", issued)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_only_warn_of_the_category_of_XACML_2_where_it_says_the_same()
    {
        var twice = Apply("string-is-in", Text("a") + Attribute("department").Replace("<AttributeDesignator", $"\n<AttributeDesignator SubjectCategory='{Subject}'", StringComparison.Ordinal));
        var finding = Assert.Single(Examine(Policy(Rule("Permit", twice))));
        Assert.Equal((4, "AttributeDesignator has no attribute 'SubjectCategory' since XACML 3.0; it says the same as Category and is ignored"), (finding.Line, finding.Message));
    }

    [Fact]
    public void Should_find_versions_that_stay_in_force_beside_others()
    {
        static string Version(string version) => Policy("\n" + Rule("Permit", IsIn("department", version)), id: "sub").Replace("Version=\"1.0\"", $"Version=\"{version}\"", StringComparison.Ordinal);
        const string Set = """
            <PolicySet xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicySetId="set" Version="1.0"
              PolicyCombiningAlgId="urn:oasis:names:tc:xacml:3.0:policy-combining-algorithm:deny-overrides"><Target/>
            <PolicyIdReference Version="1.*">sub</PolicyIdReference></PolicySet>
            """;
        IReadOnlyList<PolicyProblem> Found(params string[] texts) => PolicyCheck.Examine(Load(texts));
        Assert.Equal("1.xml:1: 'sub' version 1.9 is in force beside version 1.10 (2.xml:1): nothing refers to it, so that it decides as a policy of its own",
            Assert.Single(Found(Set, Version("1.9"), Version("1.10"))).ToString());
        Assert.Contains("version 1.2 is in force beside version 1.3", Assert.Single(Found(Version("1.2"), Version("1.3"))).Message, StringComparison.Ordinal);
        Assert.Empty(Found(Set, Version("1.9")));
    }

    [Fact]
    public void Should_find_policies_without_rules() =>
        Assert.Equal("policy 'p' has no rules", Assert.Single(Examine(Policy(""))).Message);

    [Theory]
    [InlineData("urn:oasis:names:tc:xacml:3.0:attribute-category:access-subject", "it keeps the identifier of the version that brought it: 'urn:oasis:names:tc:xacml:1.0:subject-category:access-subject'")]
    [InlineData("urn:oasis:names:tc:xacml:1.0:subject-category:acces-subject", "did you mean 'urn:oasis:names:tc:xacml:1.0:subject-category:access-subject'?")]
    [InlineData("resource", "identifiers are written in full: 'urn:oasis:names:tc:xacml:3.0:attribute-category:resource'")]
    [InlineData("urn:example:vehicle", null)]
    public void Should_find_categories_that_are_nearly_one_of_the_standard(string category, string? expected)
    {
        var finding = PolicyCheck.Examine(Load(Policy(Rule("Permit", IsIn("department", "x"))).Replace(Subject, category, StringComparison.Ordinal))).SingleOrDefault();
        Assert.Equal(expected is null ? null : $"'{category}' is no category of the standard; {expected}", finding?.Message);
    }

    [Fact]
    public void Should_ask_the_application_about_attributes_that_cannot_be_listed()
    {
        var catalog = new AttributeCatalog([])
        {
            Judge = (_, id) => id switch { "a" => new AttributeVerdict(DataType.String), "b" => new AttributeVerdict(null, "; did you mean 'a'?"), "i" => new AttributeVerdict(DataType.Integer), _ => null },
        };
        string? Of(string id) => PolicyCheck.Examine(Load(Policy(Rule("Permit", IsIn(id, "x")))), catalog).SingleOrDefault()?.Message;
        Assert.Null(Of("a"));
        Assert.Equal($"requests never have attribute 'b' in category '{Subject}'; did you mean 'a'?", Of("b"));
        Assert.Contains("asked for as string, but requests have it as integer", Of("i"), StringComparison.Ordinal);
        Assert.Equal($"requests never have attribute 'c' in category '{Subject}'", Of("c"));
    }

    [Theory]
    [InlineData("(a+)+", 1)]
    [InlineData("(.*a){20}", 1)]
    [InlineData("(a|a)*", 1)]
    [InlineData("(a|aa)+$", 1)]
    [InlineData(@"(\w|\d)+", 1)]
    [InlineData("([a-zA-Z]+)*", 1)]
    [InlineData("^(([a-z])+.)+[A-Z]([a-z])+$", 1)]
    [InlineData(@"((x\s*)*y?)*", 1)]
    [InlineData(@"^\d+\d+$", 1)]
    [InlineData("a.*.*b", 1)]
    [InlineData("(a*b){2,}", 0)]
    [InlineData("(ab)+", 0)]
    [InlineData("(foo|far)+", 0)]
    [InlineData("([a-z]+[.])*[a-z]+@x", 0)]
    [InlineData(@"^[0-9]{1,3}([.][0-9]{1,3}){3}$", 0)]
    [InlineData("[(a+)+]", 0)]
    [InlineData(@"(a\+)+", 0)]
    public void Should_find_patterns_that_hang_engines_which_backtrack(string pattern, int findings)
    {
        var condition = Apply("string-regexp-match", Text(pattern) + Apply("string-one-and-only", Attribute("department")));
        Assert.Equal(findings, Examine(Policy(Rule("Permit", condition))).Count);
    }

    [Theory]
    [InlineData("((", "a", ")b", "|c)*", 0)]
    [InlineData("((", "a", ")b", "|[a-z])*", 1)]
    [InlineData("(", "(a*)", @"(b\#\#)", ")*", 1)]
    [InlineData("(", "(a*)c", @"(b\#\#)", ")*", 0)]
    public void Should_look_once_into_each_group_of_a_pattern(string start, string inner, string next, string end, int findings)
    {
        // Looked into anew for every group around it, or every reference to it, the innermost group would be looked into 2^90 times.
        var groups = Enumerable.Range(2, 90).Select(group => next.Replace("#", $"{group}", StringComparison.Ordinal));
        var opening = next.StartsWith(')') ? new string('(', 89) : "";
        var pattern = $"{start}{opening}{inner}{string.Concat(groups)}{end}";
        var found = new List<PolicyProblem>();
        PatternCheck.Examine([(new SourcePlace("p.xml", 1), pattern)], found);
        Assert.Null(PatternParser.Parse(pattern).Fault);
        Assert.Equal(findings, found.Count);
    }

    private static IReadOnlyList<PolicyProblem> Examine(string text) => PolicyCheck.Examine(Load(text), Catalog);

    private static string IsIn(string attribute, string value) => Apply("string-is-in", Text(value) + Attribute(attribute));

    private static string Boolean(string value) => $"<AttributeValue DataType='{DataTypes.Boolean}'>{value}</AttributeValue>";

    private static string Target(string attribute, params string[] values) =>
        $"<Target><AnyOf>{string.Concat(values.Select(value => $"<AllOf><Match MatchId='urn:oasis:names:tc:xacml:1.0:function:string-equal'>{Text(value)}{Attribute(attribute)}</Match></AllOf>"))}</AnyOf></Target>";
}
