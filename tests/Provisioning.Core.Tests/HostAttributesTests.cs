using Provisioning.Core.Deciding;
using Provisioning.Xacml;

namespace Provisioning.Core.Tests;

public sealed class When_policies_are_checked_against_what_the_host_supplies
{
    private const string FullUser = """
        {
          "userName": "ada", "externalId": "e1", "displayName": "Ada", "nickName": "a", "profileUrl": "https://x", "title": "t", "userType": "u",
          "preferredLanguage": "en", "locale": "en", "timezone": "UTC", "active": true,
          "name": { "formatted": "f", "familyName": "l", "givenName": "g", "middleName": "m", "honorificPrefix": "p", "honorificSuffix": "s" },
          "emails": [ { "value": "a@x" } ], "phoneNumbers": [ { "value": "1" } ], "ims": [ { "value": "i" } ], "photos": [ { "value": "p" } ],
          "entitlements": [ { "value": "e" } ], "roles": [ { "value": "r" } ], "x509Certificates": [ { "value": "c" } ],
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {
            "employeeNumber": "1", "costCenter": "c", "organization": "o", "division": "d", "department": "x",
            "manager": { "value": "m", "displayName": "M" } }
        }
        """;

    // What comes with questions of other applications instead.
    private static readonly string[] OfOthers = [Categories.AccessSubject, Categories.Resource];

    [Fact]
    public void Should_list_nothing_that_a_full_request_does_not_have()
    {
        var facts = new AccessFacts(Sample.User(FullUser), ["staff"], Sample.ServiceProvider(), Sample.Provider, "create");
        var request = AccessRequest.Build(facts, Sample.Now);
        var missing = HostAttributes.Catalog.Attributes
            .Where(known => !OfOthers.Contains(known.Category) && request.Find(known.Category, known.AttributeId, known.DataType).Count == 0)
            .Select(known => $"{known.AttributeId} ({known.DataType})");
        Assert.Empty(missing);
    }

    [Fact]
    public void Should_supply_what_is_inside_an_attribute_of_an_extension_under_the_name_of_that_attribute_only()
    {
        var request = AccessRequest.Build(new AccessFacts(Sample.User(FullUser), [], Sample.ServiceProvider(), Sample.Provider, "create"), Sample.Now);
        int Count(string path) => request.Find(AccessRequest.User, $"{AccessRequest.User}:{path}", DataType.String).Count;
        Assert.Equal((1, 1, 1), (Count("manager.value"), Count("department"), Count("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager:value")));
        Assert.Equal((0, 1), (Count("value"), Count("displayName")));
    }

    [Theory]
    [InlineData("""[ { "value": "first@x" }, { "value": "main@x", "primary": true } ]""", "main@x")]
    [InlineData("""[ { "value": "first@x", "primary": false }, { "value": "main@x", "primary": "True" } ]""", "main@x")]
    [InlineData("""[ { "type": "work", "primary": true }, { "value": "" }, { "value": "first@x" }, { "value": "second@x" } ]""", "first@x")]
    [InlineData("""[ "first@x", "second@x" ]""", "first@x")]
    [InlineData("[]", null)]
    public void Should_supply_the_primary_address_as_the_claim_of_WSO2(string emails, string? expected)
    {
        var user = Sample.User($$"""{ "userName": "ada", "emails": {{emails}} }""");
        var request = AccessRequest.Build(new AccessFacts(user, [], Sample.ServiceProvider(), Sample.Provider, "create"), Sample.Now);
        var found = (Bag<string>)request.Find(Wso2Vocabulary.User, "http://wso2.org/claims/emailaddress", DataType.String);
        Assert.Equal(expected is null ? [] : [expected], found.Values);
    }

    [Theory]
    [InlineData("urn:provisioning:identity-provider", "urn:provisioning:identity-provider:name", "gogle", "; did you mean 'google'?")]
    [InlineData("urn:provisioning:identity-provider", "urn:provisioning:identity-provider:name", "Google", "; did you mean 'google'?")]
    [InlineData("http://wso2.org/identity/idp", "http://wso2.org/identity/idp/idp-name", "mainframe", "; known are 'google', 'staff-directory'")]
    [InlineData("urn:provisioning:service-provider", "urn:provisioning:service-provider:name", "portl", "; did you mean 'portal'?")]
    [InlineData("http://wso2.org/identity/sp", "http://wso2.org/identity/sp/sp-name", "portl", "; did you mean 'portal'?")]
    public void Should_warn_of_names_that_the_configuration_does_not_have(string category, string attributeId, string name, string hint)
    {
        var catalog = HostAttributes.CatalogOf(["portal", "resident"], ["google", "staff-directory"]);
        var designator = $"<AttributeDesignator Category='{category}' AttributeId='{attributeId}' DataType='http://www.w3.org/2001/XMLSchema#string' MustBePresent='false'/>";
        string Value(string text) => $"<AttributeValue DataType='http://www.w3.org/2001/XMLSchema#string'>{text}</AttributeValue>";
        const string Function = "urn:oasis:names:tc:xacml:1.0:function:";
        string[] comparisons =
        [
            $"<Target><AnyOf><AllOf><Match MatchId='{Function}string-equal'>NAME{designator}</Match></AllOf></AnyOf></Target>",
            $"<Condition><Apply FunctionId='{Function}string-is-in'>NAME{designator}</Apply></Condition>",
            $"<Condition><Apply FunctionId='{Function}string-equal'><Apply FunctionId='{Function}string-one-and-only'>{designator}</Apply>NAME</Apply></Condition>",
            $"<Condition><Apply FunctionId='{Function}string-at-least-one-member-of'><Apply FunctionId='{Function}string-bag'>NAME</Apply>{designator}</Apply></Condition>",
            $"<Condition><Apply FunctionId='urn:oasis:names:tc:xacml:3.0:function:any-of'><Function FunctionId='{Function}string-equal'/>NAME{designator}</Apply></Condition>",
        ];
        foreach (var comparison in comparisons)
        {
            var found = PolicyCheck.Examine(Rule(comparison.Replace("NAME", Value(name), StringComparison.Ordinal)), catalog);
            Assert.Contains($"attribute '{attributeId}' is never '{name}'{hint}", Assert.Single(found).Message, StringComparison.Ordinal);
            foreach (var known in attributeId.Contains("service", StringComparison.Ordinal) || attributeId.Contains("/sp", StringComparison.Ordinal) ? ["portal", "resident"] : (string[])["google", "staff-directory"])
                Assert.Empty(PolicyCheck.Examine(Rule(comparison.Replace("NAME", Value(known), StringComparison.Ordinal)), catalog));
            Assert.Empty(PolicyCheck.Examine(Rule(comparison.Replace("NAME", Value(name), StringComparison.Ordinal)), HostAttributes.Catalog));
        }
    }

    private static PolicyDecisionPoint Rule(string content) => PolicyDecisionPoint.Load(
    [
        new PolicySource("p.xml", $"""
            <Policy xmlns='urn:oasis:names:tc:xacml:3.0:core:schema:wd-17' PolicyId='p' Version='1.0' RuleCombiningAlgId='urn:oasis:names:tc:xacml:3.0:rule-combining-algorithm:deny-overrides'>
              <Target/><Rule RuleId='r' Effect='Permit'>{content}</Rule>
            </Policy>
            """),
    ]);

    [Fact]
    public void Should_find_nothing_in_the_rules_that_are_shipped() =>
        Assert.Empty(PolicyCheck.Examine(PolicyDecisionPoint.LoadFolder(Path.Combine(Policies, "rules")), HostAttributes.Catalog));

    [Fact]
    public void Should_find_in_the_sample_of_mistakes_what_its_page_says()
    {
        var findings = PolicyCheck.Examine(PolicyDecisionPoint.LoadFolder(Path.Combine(Policies, "docs", "mistakes.xml")), HostAttributes.Catalog);
        var page = File.ReadAllLines(Path.Combine(Policies, "docs", "checking.md")).Where(line => line.StartsWith("mistakes.xml:", StringComparison.Ordinal));
        Assert.Equal(page, findings.Select(one => $"{one.File}:{one.Line}: warning: {one.Message}".Replace(Path.Combine(Policies, "docs") + "/", "", StringComparison.Ordinal)));
    }

    private static string Policies
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Provisioning.sln")))
                folder = Path.GetDirectoryName(folder)!;
            return Path.Combine(folder, "policies");
        }
    }
}
