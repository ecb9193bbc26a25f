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
