using Provisioning.Xacml.Testing;

namespace Provisioning.Xacml.Tests;

public class When_the_conformance_cases_are_evaluated(ITestOutputHelper output)
{
    [Theory]
    [InlineData("standard")]
    [InlineData("deprecated")]
    public void Should_answer_as_the_standard_says(string suite)
    {
        var cases = Environment.GetEnvironmentVariable("XACML_CASES")
            ?? (Repository.Root is { } root ? Path.GetFullPath(Path.Combine(root, "..", "shared", "xacml")) : "");
        Assert.SkipUnless(Directory.Exists(Path.Combine(cases, suite)), "the conformance cases are not here");
        var outcomes = ConformanceSuite.Find(cases, suite + "/*").SelectMany(CaseRunner.Run).ToList();
        using var summary = new StringWriter();
        ConformanceReport.WriteSummary(outcomes, summary);
        output.WriteLine(summary.ToString());
        Assert.NotEmpty(outcomes);
        Assert.True(outcomes.All(one => one.Verdict != Verdict.Failed), summary.ToString());
    }
}
