using Provisioning.Xacml.Testing;

namespace Provisioning.Xacml.Tests;

public class When_the_sample_rules_decide
{
    private static readonly IReadOnlyList<ConformanceCase> Cases = ConformanceSuite.Find(Repository.Rules);

    public static TheoryData<string> Names => [.. Cases.Select(one => one.Id)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Should_answer_each_case_as_expected(string name)
    {
        var outcome = Assert.Single(CaseRunner.Run(Cases.Single(one => one.Id == name)));
        Assert.True(outcome.Verdict == Verdict.Passed, outcome.Detail);
    }

    [Fact]
    public void Should_come_with_cases_for_each_policy_and_a_line_for_each_case()
    {
        var policies = Directory.GetFiles(Repository.Rules, "*.xml", SearchOption.AllDirectories).Where(file => !file.Contains("cases", StringComparison.Ordinal));
        Assert.Equal(policies.Select(Path.GetFileNameWithoutExtension).Order(), Cases.Select(one => one.Suite).Distinct().Order());
        Assert.All(Cases, one => Assert.True(one is { Kind: CaseKind.Evaluate, Expected.Length: > 0 }, one.Id));
        // A line without its folder would be forgotten in silence.
        Assert.Equal(Cases.Count, Directory.GetFiles(Repository.Rules, "index.tsv", SearchOption.AllDirectories).Sum(file => File.ReadLines(file).Count() - 1));
    }

    [Fact]
    public void Should_answer_for_the_portal_as_if_the_templates_were_not_there()
    {
        var all = PolicyDecisionPoint.LoadFolder(Repository.Rules);
        foreach (var one in Cases.Where(one => one.Suite == "employee-portal"))
        {
            var result = all.Evaluate(XacmlXml.ReadRequest(File.ReadAllText(Path.Combine(one.Folder, "Request.xml")))).Results[0];
            Assert.Equal(one.Expected, result.Decision.ToString());
        }
    }

    [Theory]
    [InlineData("staff-directory", "Sales", "", Decision.Permit)]
    [InlineData("badge-office", "Engineering", "", Decision.Permit)]
    [InlineData("badge-office", "Operations", "", Decision.Permit)]
    [InlineData("badge-office", "Sales", "finance", Decision.NotApplicable)]
    [InlineData("finance-ledger", "Sales", "finance", Decision.Permit)]
    [InlineData("finance-ledger", "Sales", "clerk", Decision.NotApplicable)]
    public void Should_send_portal_users_where_they_belong(string provider, string department, string role, Decision expected)
    {
        const string Prefix = "urn:provisioning:";
        var request = new XacmlRequestBuilder()
            .Add(Prefix + "service-provider", Prefix + "service-provider:name", DataTypes.String, "employee-portal")
            .Add(Prefix + "identity-provider", Prefix + "identity-provider:name", DataTypes.String, provider)
            .Add(Prefix + "user", Prefix + "user:department", DataTypes.String, department)
            .Add(Prefix + "user", Prefix + "user:roles", DataTypes.String, role)
            .Build();
        Assert.Equal(expected, PolicyDecisionPoint.LoadFolder(Path.Combine(Repository.Rules, "employee-portal.xml")).Evaluate(request).Decision);
    }
}
