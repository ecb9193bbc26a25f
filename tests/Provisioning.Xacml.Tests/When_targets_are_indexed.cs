using System.Globalization;
using static Provisioning.Xacml.Tests.Policies;

namespace Provisioning.Xacml.Tests;

/// <summary>An index finds a value whichever way it is written, as the comparison does that it replaces.</summary>
public class When_targets_are_indexed
{
    // Only tables of more than a few values look at hash codes.
    private const int Fillers = 16;

    // What other literals are made of, a literal, other forms of it, and values that are others.
    public static TheoryData<string, string, string, string[], string[]> Forms => new()
    {
        { DataTypes.String, "f{0}", "a", ["a"], ["A", " a", "a ", ""] },
        { DataTypes.Boolean, "false", "true", ["1", " true "], ["false", "0"] },
        { DataTypes.Integer, "10{0}", "7", ["+7", "007", " 7"], ["-7", "70"] },
        { DataTypes.Integer, "10{0}", "99999999999999999999", ["+0099999999999999999999"], ["99999999999999999998", "-99999999999999999999"] },
        { DataTypes.Double, "10{0}", "0", ["-0", "0.0", "0e9"], ["1e-300", "NaN"] },
        { DataTypes.Double, "10{0}", "NaN", ["NaN"], ["INF", "0"] },
        { DataTypes.DateTime, "2021-01-{0}T00:00:00Z", "2020-01-01T00:00:00Z", ["2020-01-01T00:00:00", "2020-01-01T02:00:00.0+02:00"], ["2020-01-01T00:00:00.1Z"] },
        { DataTypes.Date, "2021-01-{0}", "2020-01-01", ["2020-01-01Z", "2020-01-01+00:00"], ["2020-01-01+01:00"] },
        { DataTypes.Time, "10:{0}:00Z", "12:00:00Z", ["12:00:00", "14:00:00+02:00"], ["12:00:00+02:00"] },
        { DataTypes.DayTimeDuration, "P{0}D", "P1D", ["PT24H", "PT1440M"], ["-P1D", "PT24H0.1S"] },
        { DataTypes.YearMonthDuration, "P{0}Y", "P1Y", ["P12M"], ["-P12M", "P13M"] },
        { DataTypes.AnyUri, "urn:{0}", "urn:a", [" urn:a\n"], ["urn:A"] },
        { DataTypes.HexBinary, "FF{0}", "aB", ["AB", "ab"], ["ABAB", ""] },
        { DataTypes.Base64Binary, "YW{0}", "YWJj", ["YW Jj"], ["YWJk"] },
        { DataTypes.Rfc822Name, "f{0}@example.org", "ann@Example.org", ["ann@eXAMPLE.ORG"], ["Ann@example.org"] },
        { DataTypes.X500Name, "CN={0}", "CN=Ann,O=Example", ["cn = ann , o=EXAMPLE"], ["CN=Ann", "O=Example,CN=Ann"] },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Should_find_what_equals_the_literal_and_nothing_else(string type, string fillers, string literal, string[] same, string[] others)
    {
        var indexed = Load(literal, fillers, type);
        Assert.Contains(indexed.Branches, branch => branch.Finder is not null);
        Assert.All(same.Append(literal), form => Assert.Contains("r-same", Applicable(indexed, type, form)));
        Assert.All(others, form => Assert.DoesNotContain("r-same", Applicable(indexed, type, form)));
        // A bag of more values is looked up in another way.
        Assert.Contains("r-same", Applicable(indexed, type, [.. others, .. Enumerable.Repeat(others[0], 40), same[0]]));
    }

    private static PolicyDecisionPoint Load(string literal, string fillers, string type)
    {
        var name = DataType.Find(type)!.Name;
        var version = type is DataTypes.DayTimeDuration or DataTypes.YearMonthDuration ? "3.0" : "1.0";
        string One(string id, string value) => $"""
            <Rule RuleId="{id}" Effect="Permit"><Target><AnyOf><AllOf><Match MatchId="urn:oasis:names:tc:xacml:{version}:function:{name}-equal">
            <AttributeValue DataType="{type}">{value}</AttributeValue>{Attribute("a", type: type)}</Match></AllOf></AnyOf></Target>
            <ObligationExpressions><ObligationExpression ObligationId="{id}" FulfillOn="Permit"/></ObligationExpressions></Rule>
            """;
        return Policies.Load(Policy(
            One("r-same", literal) + string.Concat(Enumerable.Range(10, Fillers).Select(i => One($"r-{i}", string.Format(CultureInfo.InvariantCulture, fillers, i))))));
    }

    private static IEnumerable<string> Applicable(PolicyDecisionPoint pdp, string type, params string[] values)
    {
        var request = new XacmlRequestBuilder().Add(Subject, "a", type, values);
        var (found, all) = (pdp.Evaluate(request.Build()), pdp.Evaluate(request.Build(), new EvaluationTrace()));
        Assert.Equal(all.Obligations.Select(one => one.Id), found.Obligations.Select(one => one.Id));
        return found.Obligations.Select(one => one.Id);
    }
}
