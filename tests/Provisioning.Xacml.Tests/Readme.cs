using Provisioning.Testing;

namespace Provisioning.Xacml.Tests;

/// <summary>The library alone, as its page shows it.</summary>
public class When_the_page_of_the_library_is_followed
{
    private const string Policy = """
        <Policy xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicyId="clearance" Version="1.0"
          RuleCombiningAlgId="urn:oasis:names:tc:xacml:3.0:rule-combining-algorithm:deny-unless-permit">
          <Target/>
          <Rule RuleId="high" Effect="Permit">
            <Target><AnyOf><AllOf><Match MatchId="urn:oasis:names:tc:xacml:1.0:function:integer-less-than-or-equal">
              <AttributeValue DataType="http://www.w3.org/2001/XMLSchema#integer">3</AttributeValue>
              <AttributeDesignator AttributeId="clearance" DataType="http://www.w3.org/2001/XMLSchema#integer" MustBePresent="false"
                Category="urn:oasis:names:tc:xacml:1.0:subject-category:access-subject"/></Match></AllOf></AnyOf></Target>
          </Rule>
        </Policy>
        """;

    [Fact]
    public void Should_decide_and_explain()
    {
        var folder = TestFolder.Create();
        File.WriteAllText(Path.Combine(folder, "policy.xml"), Policy);

        var pdp = PolicyDecisionPoint.LoadFolder(folder);
        var request = new XacmlRequestBuilder()
            .Add(Categories.AccessSubject, "urn:oasis:names:tc:xacml:1.0:subject:subject-id", DataType.String, "ada")
            .Add(Categories.AccessSubject, "clearance", DataType.Integer, (Integer)4)
            .Add(Categories.Action, "urn:oasis:names:tc:xacml:1.0:action:action-id", DataType.String, "read")
            .Build();
        var trace = new EvaluationTrace();
        var result = pdp.Evaluate(request, trace);
        Console.WriteLine($"{result.Decision}: {string.Join(", ", result.Obligations.Select(one => one.Id))}");
        Console.WriteLine(trace.Render());

        Assert.Equal(Decision.Permit, result.Decision);
        Assert.Contains("policy.xml:4", trace.Render(), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Should_be_the_code_that_the_page_shows()
    {
        // Without comments and space; the page loads a folder of its reader's.
        static string Squeezed(IEnumerable<string> lines) => string.Concat(string.Concat(lines.Select(line => line.Split(" // ")[0])).Where(letter => !char.IsWhiteSpace(letter)));
        var page = File.ReadAllLines(Path.Combine(Repository.Root!, "policies", "README.md"))
            .SkipWhile(line => !line.StartsWith("```csharp", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line != "```").ToList();
        var source = File.ReadAllLines(Path.Combine(Repository.Root!, "tests", "Provisioning.Xacml.Tests", "Readme.cs"));
        Assert.Equal(10, page.Count);
        Assert.Contains(Squeezed(page).Replace("\"policies\"", "folder", StringComparison.Ordinal), Squeezed(source), StringComparison.Ordinal);
    }
}
