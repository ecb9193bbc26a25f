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
          "emails": [ { "value": "v", "display": "d", "type": "t", "primary": true } ], "phoneNumbers": [ { "value": "v", "display": "d", "type": "t", "primary": true } ], "ims": [ { "value": "v", "display": "d", "type": "t", "primary": true } ], "photos": [ { "value": "v", "display": "d", "type": "t", "primary": true } ],
          "entitlements": [ { "value": "v", "display": "d", "type": "t", "primary": true } ], "roles": [ { "value": "v", "display": "d", "type": "t", "primary": true } ], "x509Certificates": [ { "value": "v", "display": "d", "type": "t", "primary": true } ],
          "addresses": [ { "formatted": "f", "streetAddress": "s", "locality": "Berlin", "region": "r", "postalCode": "p", "country": "DE", "type": "work", "primary": true } ],
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
        var facts = new AccessFacts(Sample.View(FullUser), ["staff"], Sample.ServiceProvider(), Sample.Provider, "create");
        var needed = NeededFacts.Of([.. HostAttributes.Catalog.Attributes.Select(one => new NeededAttribute(one.Category, one.AttributeId, one.DataType, null))]);
        var request = AccessRequest.Build(facts, Sample.Now, needed);
        var missing = HostAttributes.Catalog.Attributes
            .Where(known => !OfOthers.Contains(known.Category) && request.Find(known.Category, known.AttributeId, known.DataType).Count == 0)
            .Select(known => $"{known.AttributeId} ({known.DataType})");
        Assert.Empty(missing);
    }

    [Theory]
    [InlineData("manager.value", "m")]
    [InlineData("department", "x")]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager:value", "m")]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value", "m")]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "x")]
    [InlineData("value", "")]
    [InlineData("displayName", "Ada")]
    [InlineData("name.familyName", "l")]
    [InlineData("name", "")]
    [InlineData("emails", "a@home,a@work,a@none")]
    [InlineData("emails.value", "a@home,a@work,a@none")]
    [InlineData("emails.type", "home,work")]
    [InlineData("emails[type eq \"work\"]", "a@work")]
    [InlineData("emails[type eq \"work\"].value", "a@work")]
    [InlineData("emails[type eq \"fax\"].value", "")]
    [InlineData("emails[primary eq true].type", "work")]
    [InlineData("emails[not (type eq \"home\")].value", "a@work,a@none")]
    [InlineData("emails[type eq \"work\" or type eq \"home\"].value", "a@home,a@work")]
    [InlineData("addresses.locality", "Berlin,Paris")]
    [InlineData("addresses[type eq \"work\"].locality", "Berlin")]
    [InlineData("addresses[type eq \"work\" and country eq \"FR\"].locality", "")]
    [InlineData("addresses", "")]
    [InlineData("addresses.localty", "")]
    [InlineData("name[type eq \"work\"].familyName", "")]
    [InlineData("shoes", "36,37")]
    [InlineData("shoes.size", "")]
    [InlineData("urn:example:wardrobe:shoes", "36,37")]
    [InlineData("urn:example:wardrobe:hats.colour", "red,blue")]
    [InlineData("urn:example:wardrobe:hats[size eq 5].colour", "blue")]
    [InlineData("hats[size eq 5].colour", "blue")]
    public void Should_supply_what_a_path_of_SCIM_names(string path, string expected)
    {
        const string User = """
            { "userName": "ada", "displayName": "Ada", "name": { "familyName": "l" },
              "emails": [ { "value": "a@home", "type": "home" }, { "value": "a@work", "type": "work", "primary": true }, { "value": "a@none" } ],
              "addresses": [ { "type": "work", "locality": "Berlin", "country": "DE" }, { "type": "home", "locality": "Paris", "country": "FR" } ],
              "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { "department": "x", "manager": { "value": "m" } },
              "urn:example:wardrobe": { "shoes": [ "36", "37" ], "hats": [ { "size": 4, "colour": "red" }, { "size": 5, "colour": "blue" } ] } }
            """;
        var id = $"{AccessRequest.User}:{path}";
        var request = AccessRequest.Build(
            new AccessFacts(Sample.View(User), [], Sample.ServiceProvider(), Sample.Provider, "create"), Sample.Now, NeededFacts.Of([new(AccessRequest.User, id, DataType.String, null)]));
        Assert.Equal(expected, string.Join(',', ((Bag<string>)request.Find(AccessRequest.User, id, DataType.String)).Values));
    }

    [Fact]
    public void Should_supply_truth_and_numbers_in_their_types()
    {
        var user = Sample.View("""{ "userName": "ada", "active": true, "emails": [ { "value": "a", "primary": true } ], "urn:example:x": { "age": 7, "weight": 1.5 } }""");
        string[] paths = ["active", "emails.primary", "age", "weight"];
        var needed = NeededFacts.Of([.. paths.Select(path => new NeededAttribute(AccessRequest.User, $"{AccessRequest.User}:{path}", DataType.String, null))]);
        var request = AccessRequest.Build(new AccessFacts(user, [], Sample.ServiceProvider(), Sample.Provider, "create"), Sample.Now, needed);
        int Count(string path, DataType type) => request.Find(AccessRequest.User, $"{AccessRequest.User}:{path}", type).Count;
        Assert.Equal((1, 1, 1, 1), (Count("active", DataType.Boolean), Count("emails.primary", DataType.Boolean), Count("age", DataType.Integer), Count("weight", DataType.String)));
    }

    [Fact]
    public void Should_supply_nothing_that_no_policy_asks_for()
    {
        var facts = new AccessFacts(Sample.View(FullUser), [], Sample.ServiceProvider(), Sample.Provider, "create");
        var request = AccessRequest.Build(facts, Sample.Now, NeededFacts.Of([]));
        Assert.Equal(0, request.Find(AccessRequest.User, $"{AccessRequest.User}:userName", DataType.String).Count);
        Assert.Equal(0, request.Find(Wso2Vocabulary.User, $"{Wso2Vocabulary.User}/username", DataType.String).Count);
    }

    [Theory]
    [InlineData("addresses.locality", null)]
    [InlineData("addresses[type eq \"work\"].locality", null)]
    [InlineData("emails[primary eq true]", null)]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.displayName", null)]
    [InlineData("shoeSize", null)]
    [InlineData("urn:example:wardrobe:hats[size eq 5].colour", null)]
    [InlineData("addresses.localty", "; did you mean 'urn:provisioning:user:addresses.locality'?")]
    [InlineData("adresses.locality", "; did you mean 'urn:provisioning:user:addresses.locality'?")]
    [InlineData("addresses[type eq \"work\"].localty", "")]
    [InlineData("locality", "; did you mean 'urn:provisioning:user:addresses.locality'?")]
    [InlineData("familyName", "; did you mean 'urn:provisioning:user:name.familyName'?")]
    [InlineData("departmant", "; did you mean 'urn:provisioning:user:department'?")]
    [InlineData("username", "; did you mean 'urn:provisioning:user:userName'?")]
    [InlineData("addresses", ": 'addresses' has parts, such as 'urn:provisioning:user:addresses.formatted'")]
    [InlineData("manager", ": 'manager' has parts, such as 'urn:provisioning:user:manager.value'")]
    [InlineData("addresses[type eq].locality", ": 'addresses[type eq].locality' is no path of SCIM, the filter")]
    [InlineData("addresses[type eq \"work\"locality", ": 'addresses[type eq \"work\"locality' is no path of SCIM, a ']' is missing")]
    [InlineData("name[type eq \"x\"].familyName", ": users have one name, so that there is nothing to filter")]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:departmant", ": the enterprise extension has no such attribute")]
    public void Should_warn_of_paths_that_users_never_have(string path, string? hint)
    {
        var id = $"{AccessRequest.User}:{path}";
        var policy = $"""
            <Policy xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicyId="p" Version="1.0" RuleCombiningAlgId="urn:oasis:names:tc:xacml:3.0:rule-combining-algorithm:deny-overrides">
            <Target><AnyOf><AllOf><Match MatchId="urn:oasis:names:tc:xacml:1.0:function:string-equal"><AttributeValue DataType="http://www.w3.org/2001/XMLSchema#string">x</AttributeValue>
            <AttributeDesignator Category="{AccessRequest.User}" AttributeId="{id.Replace("\"", "&quot;", StringComparison.Ordinal)}" DataType="http://www.w3.org/2001/XMLSchema#string" MustBePresent="false"/></Match></AllOf></AnyOf></Target>
            <Rule RuleId="r" Effect="Permit"/></Policy>
            """;
        var finding = PolicyCheck.Examine(PolicyDecisionPoint.Load([new PolicySource("p.xml", policy)]), HostAttributes.Catalog).SingleOrDefault()?.Message;
        if (hint is null) Assert.Null(finding);
        else Assert.StartsWith($"requests never have attribute '{id}' in category '{AccessRequest.User}'{hint}", finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[ { "value": "first@x" }, { "value": "main@x", "primary": true } ]""", "main@x")]
    [InlineData("""[ { "value": "first@x", "primary": false }, { "value": "main@x", "primary": "True" } ]""", "main@x")]
    [InlineData("""[ { "type": "work", "primary": true }, { "value": "" }, { "value": "first@x" }, { "value": "second@x" } ]""", "first@x")]
    [InlineData("""[ "first@x", "second@x" ]""", "first@x")]
    [InlineData("[]", null)]
    public void Should_supply_the_primary_address_as_the_claim_of_WSO2(string emails, string? expected)
    {
        var user = Sample.View($$"""{ "userName": "ada", "emails": {{emails}} }""");
        var request = AccessRequest.Build(new AccessFacts(user, [], Sample.ServiceProvider(), Sample.Provider, "create"), Sample.Now, NeededFacts.Of([new(Wso2Vocabulary.User, "http://wso2.org/claims/emailaddress", DataType.String, null)]));
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
