using System.Xml.Linq;

namespace Provisioning.Xacml.Tests;

public class When_the_conformance_cases_are_evaluated(ITestOutputHelper output)
{
    /// <summary>Cases that fail for a known reason.</summary>
    private static readonly Dictionary<string, string> KnownIssues = new()
    {
        ["IIA002"] = "needs an attribute provider; the engine knows only the request",
        ["IIA023"] = "the request holds time zones beyond the 14 hours of XML Schema; such a request is refused as a whole",
        ["IID029"] = "one of two roots fails on a missing attribute, which only-one-applicable answers with Indeterminate",
        ["IIE003"] = "a referenced policy compares an integer with string-equal: rejected at load, as all type errors are",
    };

    [Theory]
    [InlineData("standard")]
    [InlineData("deprecated")]
    public void Should_answer_as_the_standard_says(string suite)
    {
        var cases = Environment.GetEnvironmentVariable("XACML_CASES")
            ?? (Repository.Root is { } root ? Path.GetFullPath(Path.Combine(root, "..", "shared", "xacml")) : "");
        Assert.SkipUnless(Directory.Exists(Path.Combine(cases, suite)), "the conformance cases are not here");
        var kinds = File.ReadAllLines(Path.Combine(cases, "index.tsv")).Skip(1).Select(line => line.Split('\t'))
            .Where(row => row.Length > 2 && row[0] == suite).ToDictionary(row => row[1], row => row[2]);
        if (kinds.Count == 0 && File.Exists(Path.Combine(cases, suite, "index.tsv")))
        {
            kinds = File.ReadAllLines(Path.Combine(cases, suite, "index.tsv")).Skip(1).Select(line => line.Split('\t'))
                .ToDictionary(row => row[0], row => row[1]);
        }

        var (passed, known) = (0, 0);
        var unsupported = new List<string>();
        var failed = new List<string>();
        foreach (var folder in Directory.GetDirectories(Path.Combine(cases, suite)).Order())
        {
            var name = Path.GetFileName(folder);
            var kind = kinds.GetValueOrDefault(name, "evaluate");
            try
            {
                var fault = Compare(folder);
                if (fault is null) passed++;
                else if (KnownIssues.ContainsKey(name)) known++;
                else failed.Add($"{name}: {fault}");
            }
            catch (PolicyException) when (kind.StartsWith("policy-reject", StringComparison.Ordinal))
            {
                passed++;
            }
            catch (PolicyException error) when (error.Problems.Any(problem => problem.Message.Contains("not supported")))
            {
                unsupported.Add($"{name}: {error.Problems[0]}");
            }
            catch (XacmlSyntaxException error) when (error.Message.Contains("not supported"))
            {
                unsupported.Add($"{name}: {error.Message}");
            }
            catch (PolicyException) when (KnownIssues.ContainsKey(name))
            {
                known++;
            }
            catch (PolicyException error)
            {
                failed.Add($"{name}: {error.Message}");
            }
        }

        output.WriteLine($"{suite}: {passed} passed, {unsupported.Count} unsupported, {known} known issues, {failed.Count} failed");
        foreach (var line in unsupported) output.WriteLine("unsupported " + line);
        Assert.True(failed.Count == 0, $"{passed} passed, {unsupported.Count} unsupported; failed:\n" + string.Join('\n', failed));
    }

    private static string? Compare(string folder)
    {
        var files = Directory.GetFiles(folder, "Policy.xml").ToList();
        foreach (var sub in new[] { "policies", "refPolicies" })
        {
            var path = Path.Combine(folder, sub);
            if (Directory.Exists(path)) files.AddRange(Directory.GetFiles(path, "*.xml").Order());
        }

        var pdp = PolicyDecisionPoint.Load(files.Select(file => new PolicySource(Path.GetFileName(file), File.ReadAllText(file))), new PdpOptions
        {
            // Several roots: the cases want to know that more than one applies.
            RootCombiningAlgorithm = "urn:oasis:names:tc:xacml:1.0:policy-combining-algorithm:only-one-applicable",
        });
        XacmlResult result;
        try
        {
            result = pdp.Evaluate(XacmlXml.ReadRequest(File.ReadAllText(Path.Combine(folder, "Request.xml"))));
        }
        catch (XacmlSyntaxException error) when (!error.Message.Contains("not supported"))
        {
            result = new(Decision.Indeterminate, StatusCodes.SyntaxError, error.Message, [], [], []);
        }

        var response = XDocument.Load(Path.Combine(folder, "Response.xml")).Root!;
        var ns = response.Name.Namespace;
        var decision = response.Descendants(ns + "Decision").First().Value.Trim();
        if (!decision.StartsWith(result.Decision.ToString(), StringComparison.Ordinal))
            return $"{decision} expected, {result.Decision} answered ({result.StatusMessage})";
        var code = (string?)response.Descendants(ns + "StatusCode").FirstOrDefault()?.Attribute("Value") ?? StatusCodes.Ok;
        if (code != result.StatusCode) return $"{code} expected, {result.StatusCode} answered ({result.StatusMessage})";
        var answer = XElement.Parse(XacmlXml.WriteResponse(result));
        foreach (var (list, kind) in new[] { ("Obligations", "Obligation"), ("AssociatedAdvice", "Advice") })
        {
            var (expected, actual) = (Flat(response, list, kind), Flat(answer, list, kind));
            if (expected != actual) return $"{list}\n  {expected}\nexpected, answered\n  {actual}";
        }

        var (wanted, repeated) = (Attributes(response), Attributes(answer));
        if (wanted != repeated) return $"attributes\n  {wanted}\nexpected, answered\n  {repeated}";
        var (named, behind) = (Policies(response), Policies(answer));
        return named == behind ? null : $"policies\n  {named}\nexpected, answered\n  {behind}";
    }

    private static string Attributes(XElement response)
    {
        var ns = response.Name.Namespace;
        var values =
            from category in response.Descendants(ns + "Attributes")
            from attribute in category.Elements(ns + "Attribute")
            from value in attribute.Elements(ns + "AttributeValue")
            select $"{(string?)category.Attribute("Category")} {(string?)attribute.Attribute("AttributeId")}={value.Value.Trim()}";
        return string.Join(" | ", values.Order());
    }

    private static string Policies(XElement response) => string.Join(" | ", response
        .Descendants(response.Name.Namespace + "PolicyIdentifierList").Elements().Select(one => $"{one.Name.LocalName} {one.Value.Trim()}").Order());

    private static string Flat(XElement response, string list, string kind)
    {
        var ns = response.Name.Namespace;
        return string.Join(" | ", response.Descendants(ns + list).Elements(ns + kind).Select(one =>
            (string?)one.Attribute(kind + "Id") + ": " + string.Join(", ", one.Elements().Select(part =>
                $"{(string?)part.Attribute("AttributeId")}={part.Value.Trim()}").Order())).Order());
    }
}
