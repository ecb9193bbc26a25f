using static Provisioning.Xacml.Tests.Policies;

namespace Provisioning.Xacml.Tests;

/// <summary>Each way in which a policy can be wrong, with the line and what is said about it.</summary>
public class When_a_policy_is_wrong
{
    private const string Xs = "http://www.w3.org/2001/XMLSchema#";

    public static TheoryData<string, string> Bodies => new()
    {
        { "some text", "text is not allowed in Policy: 'some text'" },
        { "<![CDATA[{{ rules }}]]>", "text is not allowed in Policy: '{{ rules }}'" },
        { Rule("Permit", "not " + Yes), "text is not allowed in Condition: 'not'" },
        { Rule("Permit", Apply("not", Yes + "!")), "text is not allowed in Apply: '!'" },
        { "<Rule RuleId='r' Effect='Permit'><Target>all</Target></Rule>", "text is not allowed in Target: 'all'" },
        { "<Rule RuleId='r' Effect='Permit'><Target/><Target/></Rule>", "Rule must not have more than one Target" },
        { $"<Rule RuleId='r' Effect='Permit'><Condition>{Yes}</Condition><Condition>{Yes}</Condition></Rule>", "Rule must not have more than one Condition" },
        { $"<Rule RuleId='r' Effect='Permit'><Condition>{Yes}</Condition><Target/></Rule>", "Target must stand before Condition in Rule" },
        { $"<Rule RuleId='r' Effect='Permit'><Condition>{Yes}</Condition><Description/></Rule>", "Description must stand before Condition in Rule" },
        { "<Rule RuleId='r' Effect='Permit'><Description/><Description/></Rule>", "Rule must not have more than one Description" },
        { "<Description/>", "Description must stand before Target in Policy" },
        { "<Rule RuleId='r' Effect='Permit'><Description><b>bold</b></Description></Rule>", "element 'b' is not allowed in Description, which holds text only" },
        { Duties() + Rule("Permit"), "Rule must stand before ObligationExpressions in Policy" },
        { Duties() + Duties(), "Policy must not have more than one ObligationExpressions" },
        { "<AdviceExpressions><AdviceExpression AdviceId='a' AppliesTo='Permit'/></AdviceExpressions>" + Duties(), "ObligationExpressions must stand before AdviceExpressions in Policy" },
        { "<ObligationExpressions/>", "ObligationExpressions lacks ObligationExpression" },
        { Rule("Permit", Apply("not", $"{Yes}<Description/>")), "Description must stand before AttributeValue in Apply" },
        { Rule("Permit", Designator("<b/>")), "element 'b' is not allowed in AttributeDesignator, which holds nothing" },
        { Rule("Permit", Designator(Text("a"))), "element 'AttributeValue' is not allowed in AttributeDesignator" },
        { Rule("Permit", Designator("x")), "text is not allowed in AttributeDesignator: 'x'" },
        { Rule("Permit", "<VariableReference VariableId='v'><Description/></VariableReference>"), "element 'Description' is not allowed in VariableReference" },
        { Rule("Permit", "<Expression/>"), "element 'Expression' is not allowed in Condition" },
        { Rule("Permit", Apply("string-is-in", Text("a") + Attribute("b").Replace("<AttributeDesignator", "<AttributeDesignator Isuer='hr'", StringComparison.Ordinal))), "AttributeDesignator has no attribute 'Isuer'; did you mean 'Issuer'?" },
        { "<Rule RuleId='r' Effect='Permit' Priority='1'/>", "Rule has no attribute 'Priority'" },
        { "<Rule RuleId='r' Effect='Permit' ruleID='1'/>", "Rule has no attribute 'ruleID'; did you mean 'RuleId'?" },
        { "<Rule RuleId='r' Effect='Permit'><Target xmlns:x='urn:x' x:note='1'/></Rule>", "Target has no attribute 'x:note'" },
        { "<Rule RuleId='r' Effect='Permit'><Description lang='en'/></Rule>", "Description has no attribute 'lang'" },
        { Rule("Permit", Attribute("a", type: DataTypes.Boolean).Replace("<AttributeDesignator", $"<AttributeDesignator SubjectCategory='urn:other'", StringComparison.Ordinal)), "AttributeDesignator has no attribute 'SubjectCategory'" },
        { Rule("Permit", "<AttributeValue DataType=''>true</AttributeValue>"), "data type '' is not supported" },
        { Rule("Permit", "<Apply FunctionId=''/>"), "function '' is not supported" },
        { TargetOf($"<Match MatchId=''>{Text("a")}{Attribute("a")}</Match>"), "function '' is not supported" },
        { Rule("Permit", $"<AttributeSelector Category='c' Path='' DataType='{Xs}boolean' MustBePresent='false'/>"), "'' is not an XPath 1.0 expression" },
        { Rule("Permit", $"<AttributeDesignator Category='c' AttributeId='a' DataType='{Xs}boolean' MustBePresent=''/>"), "MustBePresent '' is neither true nor false" },
        { "<Rule RuleId='r' Effect=''/>", "Effect '' is neither Permit nor Deny" },
        { "<PolicyDefaults/>", "PolicyDefaults must stand before Target in Policy" },
        { "<Rule Effect='Permit'/>", "Rule lacks RuleId" },
        { "<Rule RuleId='r'/>", "Rule lacks Effect" },
        { "<Rule RuleId='r' Effect='permit'/>", "Effect 'permit' is neither Permit nor Deny" },
        { "<Rule RuleId='r' Effect='Permit'><Policy/></Rule>", "element 'Policy' is not allowed in Rule; it may hold Description, Target, Condition" },
        { "<Rules/>", "element 'Rules' is not allowed in Policy; did you mean 'Rule'?" },
        { "<x:Rule xmlns:x='urn:other'/>", "element '{urn:other}Rule' is not of XACML 3.0" },
        { "<PolicyIssuer/>", "a policy with an issuer is not trusted" },
        { Rule("Permit", ""), "Condition lacks an expression" },
        { Rule("Permit", Text("a")), "the condition of rule 'r' is a string, not a boolean" },
        { Rule("Permit", Text("a") + Text("b")), "Condition must not have more than one expression; the first is in line 3" },
        { Rule("Permit", Attribute("a", type: DataTypes.Boolean)), "the condition of rule 'r' is a bag of boolean, not a boolean; 'boolean-one-and-only' takes the one value out of a bag" },
        { Rule("Permit", Apply("string-is-in", Text("a") + Text("b"))), "takes a bag of string as argument 2, not a string; 'string-bag' makes a bag of values" },
        { Rule("Permit", Apply("string-equals", Text("a") + Text("b"))), "did you mean 'urn:oasis:names:tc:xacml:1.0:function:string-equal'?" },
        { Rule("Permit", Apply("string-equal", Text("a") + Text("b"), "3.0")), "it keeps the identifier of the version that brought it: 'urn:oasis:names:tc:xacml:1.0:function:string-equal'" },
        { Rule("Permit", "<Apply FunctionId='string-equal'/>"), "identifiers are written in full: 'urn:oasis:names:tc:xacml:1.0:function:string-equal'" },
        { Rule("Permit", "<AttributeValue DataType='string'>a</AttributeValue>"), "identifiers are written in full: 'http://www.w3.org/2001/XMLSchema#string'" },
        { Rule("Permit", "<AttributeValue DataType='xs:string'>a</AttributeValue>"), "did you mean 'http://www.w3.org/2001/XMLSchema#string'?" },
        { Rule("Permit", "<AttributeValue DataType='http://www.w3.org/2001/XMLSchema#sting'>a</AttributeValue>"), "did you mean 'http://www.w3.org/2001/XMLSchema#string'?" },
        { Rule("Permit", Literal("integer", new string('9', 1001))), "is a number of more than 1000 digits, which is the limit here" },
        { Rule("Permit", Literal("date", "12345678901-01-01")), "is a year of more than 9 digits, which is the limit here" },
        { Rule("Permit", Literal("dateTime", "-12345678901-01-01T00:00:00")), "is a year of more than 9 digits, which is the limit here" },
        { Rule("Permit", Literal("dayTimeDuration", "P9999999999999D")), "is a duration beyond two billion years, which is the limit here" },
        { Rule("Permit", Literal("yearMonthDuration", "P9999999999999Y")), "is a duration beyond two billion years, which is the limit here" },
        { Rule("Permit", Literal("date", "12345678901-13-01x")), "is not a valid date" },
        { Rule("Permit", "<Function FunctionId='x'/>"), "Function is only allowed as the first argument" },
        { Rule("Permit", Apply("string-equal", Text("a") + Text("b"), "3.0")), "function 'urn:oasis:names:tc:xacml:3.0:function:string-equal' is not supported" },
        { Rule("Permit", Apply("string-equal", Text("a"))), "takes 2 arguments, not 1" },
        { Rule("Permit", Apply("string-equal", Text("a") + Text("b") + Text("c"))), "takes 2 arguments, not 3" },
        { Rule("Permit", Apply("integer-add", Literal("integer", "1"))), "takes at least 2 arguments, not 1" },
        { Rule("Permit", Apply("string-equal", Text("a") + Literal("anyURI", "b"))), "takes a string as argument 2, not an anyURI" },
        { Rule("Permit", Apply("string-equal", Text("a") + Attribute("b"))), "takes a string as argument 2, not a bag of string; 'string-one-and-only' takes the one value out of a bag" },
        { Rule("Permit", Apply("string-is-in", Attribute("b") + Text("a"))), "takes a string as argument 1, not a bag of string" },
        { Rule("Permit", Apply("any-of", Text("a") + Attribute("b"), "3.0")), "takes a Function as its first argument" },
        { Rule("Permit", Apply("any-of", FunctionOf("string-equal") + Text("a") + Text("b"), "3.0")), "takes exactly one bag" },
        { Rule("Permit", Apply("any-of", FunctionOf("string-bag-size") + Attribute("a"), "3.0")), "takes a function that answers a boolean" },
        { Rule("Permit", Apply("any-of", FunctionOf("integer-equal") + Text("a") + Attribute("b"), "3.0")), "calls 'urn:oasis:names:tc:xacml:1.0:function:integer-equal', which takes an integer as argument 1, not a string" },
        { Rule("Permit", Apply("map", FunctionOf("string-bag") + Attribute("a"), "3.0")), "takes a function that answers a single value" },
        { Rule("Permit", Apply("all-of-any", FunctionOf("string-equal") + Attribute("a"))), "takes exactly two bags" },
        { Rule("Permit", Apply("string-regexp-match", Text("[a") + Text("a"))), "'[a' is not a pattern of XML Schema" },
        { Rule("Permit", Literal("integer", "1.5")), "'1.5' is not a valid integer" },
        { Rule("Permit", "<AttributeValue>a</AttributeValue>"), "AttributeValue lacks DataType" },
        { Rule("Permit", "<AttributeValue DataType='urn:x'>a</AttributeValue>"), "data type 'urn:x' is not supported" },
        { Rule("Permit", $"<AttributeValue DataType='{Xs}string'><b/></AttributeValue>"), "a string value holds no elements" },
        { Rule("Permit", $"<AttributeDesignator AttributeId='a' DataType='{Xs}boolean' MustBePresent='false'/>"), "AttributeDesignator lacks Category" },
        { Rule("Permit", $"<AttributeDesignator Category='c' AttributeId='a' DataType='{Xs}boolean' MustBePresent='no'/>"), "MustBePresent 'no' is neither true nor false" },
        { Rule("Permit", "<VariableReference VariableId='v'/>"), "variable 'v' is not defined" },
        { "<VariableDefinition VariableId='v'/>", "VariableDefinition lacks an expression" },
        { Variable("v", Text("a")) + Variable("v", Text("b")), "variable 'v' is defined twice" },
        { Variable("v", Apply("not", "<VariableReference VariableId='w'/>")) + Variable("w", "<VariableReference VariableId='v'/>"), "refers to itself" },
        { "<Target/>", "Policy must not have more than one Target; the first is in line 2" },
        { TargetOf(""), "AllOf lacks Match" },
        { TargetOf("<Match MatchId='urn:x'/>"), "function 'urn:x' is not supported" },
        { TargetOf($"<Match MatchId='{FunctionTable.V1}string-equal'>{Text("a")}{Text("a")}</Match>"), "Match must not have more than one AttributeValue" },
        { TargetOf($"<Match MatchId='{FunctionTable.V1}string-equal'>{Attribute("a")}{Text("a")}</Match>"), "AttributeValue must stand before AttributeDesignator in Match" },
        { TargetOf($"<Match MatchId='{FunctionTable.V1}integer-equal'>{Text("a")}{Attribute("a")}</Match>"), "takes an integer as argument 1, not a string" },
        { TargetOf($"<Match MatchId='{FunctionTable.V2}string-concatenate'>{Text("a")}{Attribute("a")}</Match>"), "does not answer a boolean" },
        { TargetOf($"<Match MatchId='{FunctionTable.V1}string-regexp-match'>{Text("(")}{Attribute("a")}</Match>"), "'(' is not a pattern of XML Schema" },
        { "<ObligationExpressions><ObligationExpression ObligationId='o'/></ObligationExpressions>", "ObligationExpression lacks FulfillOn" },
        { "<ObligationExpressions><ObligationExpression FulfillOn='Permit'/></ObligationExpressions>", "ObligationExpression lacks ObligationId" },
        { "<AdviceExpressions><AdviceExpression AdviceId='a' AppliesTo='Never'/></AdviceExpressions>", "AppliesTo 'Never' is neither Permit nor Deny" },
        { "<AdviceExpressions><Advice/></AdviceExpressions>", "element 'Advice' is not allowed in AdviceExpressions" },
        { "<CombinerParameters><CombinerParameter/></CombinerParameters>", "CombinerParameter lacks ParameterName" },
        { $"<CombinerParameters><CombinerParameter ParameterName='n'>{Attribute("a")}</CombinerParameter></CombinerParameters>", "element 'AttributeDesignator' is not allowed in CombinerParameter; it may hold AttributeValue" },
        { "<RuleCombinerParameters/>", "RuleCombinerParameters lacks RuleIdRef" },
        { Rule("Permit", Apply("access-permitted", Text("a") + Text("b"), "3.0")), "takes an anyURI as argument 1, not a string" },
        { Rule("Permit", $"<AttributeSelector Category='c' Path='a[' DataType='{Xs}boolean' MustBePresent='false'/>"), "is not an XPath 1.0 expression" },
        { Rule("Permit", $"<AttributeSelector Category='c' Path='x:a' DataType='{Xs}boolean' MustBePresent='false'/>"), "x:a" },
        { Rule("Permit", $"<AttributeSelector Category='c' Path='count(a)' DataType='{Xs}boolean' MustBePresent='false'/>"), "does not select nodes" },
        { Rule("Permit", $"<AttributeSelector Category='c' DataType='{Xs}boolean' MustBePresent='false'/>"), "AttributeSelector lacks Path" },
        { Rule("Permit", "<AttributeValue DataType='urn:oasis:names:tc:xacml:3.0:data-type:xpathExpression'>a</AttributeValue>"), "AttributeValue lacks XPathCategory" },
        { "<PolicyDefaults><XPathVersion>urn:x</XPathVersion></PolicyDefaults>", "urn:x" },
        { "<Policy/>", "element 'Policy' is not allowed in Policy" },
        { "<VariableDefinition/>", "VariableDefinition lacks VariableId" },
        { Rule("Permit", "<Apply/>"), "Apply lacks FunctionId" },
        { TargetOf($"<Match>{Text("a")}{Attribute("a")}</Match>"), "Match lacks MatchId" },
        { "<Rule RuleId='r' Effect='Permit'><Target><AllOf/></Target></Rule>", "element 'AllOf' is not allowed in Target; it may hold AnyOf" },
        { "<Rule RuleId='r' Effect='Permit'><Target><AnyOf/></Target></Rule>", "AnyOf lacks AllOf" },
        { "<ObligationExpressions><ObligationExpression ObligationId='o' FulfillOn='Permit'><AttributeAssignmentExpression AttributeId='a'/></ObligationExpression></ObligationExpressions>", "AttributeAssignmentExpression lacks an expression" },
        { $"<ObligationExpressions><ObligationExpression ObligationId='o' FulfillOn='Permit'><AttributeAssignmentExpression>{Text("a")}</AttributeAssignmentExpression></ObligationExpression></ObligationExpressions>", "AttributeAssignmentExpression lacks AttributeId" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Should_say_what_and_where(string body, string message)
    {
        var problem = Problems(Policy(body)).FirstOrDefault(one => one.Message.Contains(message, StringComparison.Ordinal));
        Assert.True(problem is not null, string.Join('\n', Problems(Policy(body))));
        Assert.Equal("0.xml", problem.File);
        Assert.InRange(problem.Line, 1, 3);
    }

    [Theory]
    [InlineData("<Policy xmlns='N' PolicyId='p' Version='1.0'><Target/></Policy>", "Policy lacks RuleCombiningAlgId")]
    [InlineData("<Policy xmlns='N' PolicyId='p' RuleCombiningAlgId='D'><Target/></Policy>", "Policy lacks Version")]
    [InlineData("<Policy xmlns='N' PolicyId='p' Version='' RuleCombiningAlgId='D'><Target/></Policy>", "Version '' is not made of numbers and dots")]
    [InlineData("<Policy xmlns='N' PolicyId='p' Version='1.0' RuleCombiningAlgId=''><Target/></Policy>", "combining algorithm '' is not supported")]
    [InlineData("<Policy xmlns='N' PolicyId='p' Version='1.0' RuleCombiningAlgId='D' MaxDelegationDepth='deep'><Target/></Policy>", "MaxDelegationDepth 'deep' is not a whole number")]
    [InlineData("<PolicySet xmlns='N' PolicySetId='p' Version='1.0' PolicyCombiningAlgId='D'><Target/>all of them</PolicySet>", "text is not allowed in PolicySet: 'all of them'")]
    [InlineData("<PolicySet xmlns='N' PolicySetId='p' Version='1.0' PolicyCombiningAlgId='D'><Target/><Target/></PolicySet>", "PolicySet must not have more than one Target")]
    [InlineData("<PolicySet xmlns='N' PolicySetId='p' Version='1.0' PolicyCombiningAlgId='D'/>", "PolicySet lacks Target")]
    [InlineData("<PolicySet xmlns='N' PolicySetId='p' Version='1.0' PolicyCombiningAlgId='D'></PolicySet>", "PolicySet lacks Target")]
    [InlineData("<PolicySet xmlns='N' PolicySetId='p' Version='1.0' PolicyCombiningAlgId='D'><Target/><PolicyIdReference Version='1.x'>q</PolicyIdReference></PolicySet>", "Version '1.x' is not made of numbers, * and dots")]
    [InlineData("<PolicySet xmlns='N' PolicySetId='p' Version='1.0' PolicyCombiningAlgId='D'><Target/><PolicyIdReference><b/></PolicyIdReference></PolicySet>", "element 'b' is not allowed in PolicyIdReference, which holds text only")]
    [InlineData("<PolicySet xmlns='N' PolicySetId='p' Version='1.0' PolicyCombiningAlgId='D'><Target/><PolicySet PolicySetId='q' Version='1.0' PolicyCombiningAlgId='D'/></PolicySet>", "PolicySet lacks Target")]
    [InlineData("<Policy xmlns='N' PolicyId='p' Version='1.a' RuleCombiningAlgId='D'><Target/></Policy>", "Version '1.a' is not made of numbers and dots")]
    [InlineData("<Policy xmlns='N' Version='1.0' RuleCombiningAlgId='D'><Target/></Policy>", "Policy lacks PolicyId")]
    [InlineData("<Policy xmlns='N' PolicyId='p' Version='1.0' RuleCombiningAlgId='D'/>", "Policy lacks Target")]
    [InlineData("<PolicySet xmlns='N' PolicySetId='p' Version='1.0' PolicyCombiningAlgId='D'><Target/></PolicySet>", "does not combine policies")]
    [InlineData("<PolicySet xmlns='N' PolicySetId='p' Version='1.0' PolicyCombiningAlgId='urn:x'><Target/></PolicySet>", "combining algorithm 'urn:x' is not supported")]
    [InlineData("<Request xmlns='N'/>", "is neither Policy nor PolicySet")]
    [InlineData("<Policy xmlns='urn:oasis:names:tc:xacml:2.0:policy:schema:os'/>", "is not of XACML 3.0")]
    [InlineData("<Policy", "")]
    public void Should_refuse_the_document(string xml, string message)
    {
        xml = xml.Replace("'N'", "'urn:oasis:names:tc:xacml:3.0:core:schema:wd-17'", StringComparison.Ordinal).Replace("'D'", $"'{DenyOverrides}'", StringComparison.Ordinal);
        Assert.Contains(Problems(xml), problem => problem.Message.Contains(message, StringComparison.Ordinal) && problem.Line == 1);
    }

    [Fact]
    public void Should_refuse_policies_of_the_same_name_and_version() =>
        Assert.Equal("'p' version 1.0 is already defined at 0.xml:1", Assert.Single(Problems(Policy(""), Policy(""))).Message);

    [Fact]
    public void Should_refuse_references_that_unfold_without_end()
    {
        // Each set refers to the next one ten times.
        var sets = Enumerable.Range(0, 10).Select(i => $"""
            <PolicySet xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicySetId="s{i}" Version="1.0"
              PolicyCombiningAlgId="urn:oasis:names:tc:xacml:3.0:policy-combining-algorithm:deny-overrides"><Target/>
            {(i == 9 ? "" : string.Concat(Enumerable.Repeat($"<PolicySetIdReference>s{i + 1}</PolicySetIdReference>", 10)))}</PolicySet>
            """).ToArray();
        Assert.Contains("unfold to more than", Assert.Single(Problems(sets)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_refuse_chains_of_references_and_of_variables_that_would_exhaust_the_stack()
    {
        var sets = Enumerable.Range(0, 150).Select(i => $"""
            <PolicySet xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicySetId="s{i}" Version="1.0"
              PolicyCombiningAlgId="urn:oasis:names:tc:xacml:3.0:policy-combining-algorithm:deny-overrides"><Target/>
            {(i == 149 ? "" : $"<PolicySetIdReference>s{i + 1}</PolicySetIdReference>")}</PolicySet>
            """).ToArray();
        Assert.Contains(Problems(sets), problem => problem.Message.Contains("policies are nested deeper", StringComparison.Ordinal));
        var variables = string.Concat(Enumerable.Range(0, 10_000).Select(i =>
            Variable($"v{i}", i == 9999 ? Literal("boolean", "true") : Apply("not", $"<VariableReference VariableId='v{i + 1}'/>"))));
        Assert.Contains(Problems(Policy(variables)), problem => problem.Message.Contains("nested deeper", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("urn:oasis:names:tc:xacml:3.0:rule-combining-algorithm:first-applicable", "it keeps the identifier of the version that brought it: 'urn:oasis:names:tc:xacml:1.0:rule-combining-algorithm:first-applicable'")]
    [InlineData("urn:oasis:names:tc:xacml:3.0:policy-combining-algorithm:deny-overrides", "does not combine rules; the one that does is 'urn:oasis:names:tc:xacml:3.0:rule-combining-algorithm:deny-overrides'")]
    [InlineData("urn:oasis:names:tc:xacml:3.0:rule-combining-algorithm:deny-override", "did you mean 'urn:oasis:names:tc:xacml:3.0:rule-combining-algorithm:deny-overrides'?")]
    [InlineData("deny-overrides", "identifiers are written in full: 'urn:oasis:names:tc:xacml:3.0:rule-combining-algorithm:deny-overrides'")]
    [InlineData("urn:oasis:names:tc:xacml:1.0:policy-combining-algorithm:only-one-applicable", "does not combine rules")]
    [InlineData("urn:example:mine", "combining algorithm 'urn:example:mine' is not supported")]
    public void Should_say_which_algorithm_may_have_been_meant(string algorithm, string message) =>
        Assert.EndsWith(message, Assert.Single(Problems(Policy(Rule("Permit"), algorithm))).Message, StringComparison.Ordinal);

    [Fact]
    public void Should_not_report_what_follows_from_something_that_was_reported() =>
        Assert.Equal(["0.xml:3: element 'Polic' is not allowed in Policy; it may hold Description, PolicyIssuer, PolicyDefaults, Target, CombinerParameters, RuleCombinerParameters, VariableDefinition, Rule, ObligationExpressions, AdviceExpressions"],
            Problems(Policy("<Polic><Rule/>text</Polic>")).Select(one => one.ToString()));

    [Theory]
    [InlineData("<Policy xmlns='N' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='N xacml.xsd' PolicyId='p' Version='1.0' RuleCombiningAlgId='D' MaxDelegationDepth=' 3 '><Target/></Policy>")]
    [InlineData("<Policy xmlns='N' PolicyId='p' Version='1.0' RuleCombiningAlgId='D'><Target/><!-- no rules --></Policy>")]
    [InlineData("<Policy xmlns='N' PolicyId='p' Version='1.0' RuleCombiningAlgId='D'><Description>a <![CDATA[<b>]]></Description><Target> <?pi?> </Target></Policy>")]
    [InlineData("<PolicySet xmlns='N' PolicySetId='p' Version='1.0' PolicyCombiningAlgId='urn:oasis:names:tc:xacml:3.0:policy-combining-algorithm:deny-overrides'><Target></Target><PolicySet PolicySetId='q' Version='1' PolicyCombiningAlgId='urn:oasis:names:tc:xacml:3.0:policy-combining-algorithm:deny-overrides'><Target/></PolicySet><CombinerParameters/></PolicySet>")]
    public void Should_take_what_the_schema_allows(string xml) =>
        Assert.Equal("p", Load(xml.Replace("'N'", "'urn:oasis:names:tc:xacml:3.0:core:schema:wd-17'", StringComparison.Ordinal).Replace("'D'", $"'{DenyOverrides}'", StringComparison.Ordinal)).Policies[^1].Id);

    private static string Yes => Literal("boolean", "true");

    private static string Duties() => "<ObligationExpressions><ObligationExpression ObligationId='o' FulfillOn='Permit'/></ObligationExpressions>";

    private static string Designator(string content) =>
        $"<AttributeDesignator Category='c' AttributeId='a' DataType='{Xs}boolean' MustBePresent='false'>{content}</AttributeDesignator>";

    private static string Literal(string type, string text) => $"<AttributeValue DataType='{Xs}{type}'>{text}</AttributeValue>";

    private static string FunctionOf(string name) => $"<Function FunctionId='{FunctionTable.V1}{name}'/>";

    private static string Variable(string id, string expression) => $"<VariableDefinition VariableId='{id}'>{expression}</VariableDefinition>";

    private static string TargetOf(string match) => $"<Rule RuleId='r' Effect='Permit'><Target><AnyOf><AllOf>{match}</AllOf></AnyOf></Target></Rule>";
}
