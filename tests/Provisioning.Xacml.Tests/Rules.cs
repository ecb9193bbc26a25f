namespace Provisioning.Xacml.Tests;

public class When_the_sample_rules_decide
{
    public static TheoryData<string> Cases => [.. Directory.GetFiles(Repository.Rules, "request.xml", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Repository.Rules, Path.GetDirectoryName(file)!)).Order()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Should_answer_each_case_as_expected(string folder)
    {
        var path = Path.Combine(Repository.Rules, folder);
        // <rule>/cases/<case> beside a folder's rule, cases/<rule>/<case> beside a file.
        var above = Path.GetDirectoryName(Path.GetDirectoryName(path))!;
        var policy = Path.GetFileName(above) == "cases" ? Path.Combine(above, "..", Path.GetFileName(Path.GetDirectoryName(path))! + ".xml") : above;
        var result = PolicyDecisionPoint.LoadFolder(policy).Evaluate(XacmlXml.ReadRequest(File.ReadAllText(Path.Combine(path, "request.xml")))).Results[0];
        Assert.Equal(File.ReadAllText(Path.Combine(path, "expected.txt")).Trim(), result.Decision.ToString());
    }

    [Fact]
    public void Should_answer_for_the_portal_as_if_the_templates_were_not_there()
    {
        var all = PolicyDecisionPoint.LoadFolder(Repository.Rules);
        foreach (var folder in Directory.GetDirectories(Path.Combine(Repository.Rules, "cases", "employee-portal")))
        {
            var result = all.Evaluate(XacmlXml.ReadRequest(File.ReadAllText(Path.Combine(folder, "request.xml")))).Results[0];
            Assert.Equal(File.ReadAllText(Path.Combine(folder, "expected.txt")).Trim(), result.Decision.ToString());
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
