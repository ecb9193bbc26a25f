using Microsoft.Extensions.Time.Testing;
using Provisioning.Core.Configuration;
using Provisioning.Core.Deciding;
using Provisioning.Core.Users;
using Provisioning.Xacml;

namespace Provisioning.Core.Tests;

/// <summary>The five kinds of template, asked with the request that the host really makes of a user.</summary>
public sealed class When_templates_written_for_WSO2_decide
{
    private const string Role = "\"roles\": [ { \"value\": \"ROLE_2\" } ]";
    private const string Claim = "\"urn:example:2.0:User\": { \"CLAIM_URI\": \"CLAIM_VALUE\" }";
    private const string Nothing = "\"title\": \"none\"";

    [Theory]
    [InlineData("role", Role, 3, Verdict.Permit)]
    [InlineData("role", Nothing, 12, Verdict.Deny)]
    [InlineData("user-claim", Claim, 3, Verdict.Permit)]
    [InlineData("user-claim", Nothing, 12, Verdict.Deny)]
    [InlineData("time", Nothing, 12, Verdict.Permit)]
    [InlineData("time", Nothing, 20, Verdict.Deny)]
    [InlineData("time-and-role", Role, 12, Verdict.Permit)]
    [InlineData("time-and-role", Role, 20, Verdict.Deny)]
    [InlineData("time-and-role", Nothing, 12, Verdict.Deny)]
    [InlineData("time-and-user-claim", Claim, 12, Verdict.Permit)]
    [InlineData("time-and-user-claim", Claim, 20, Verdict.Deny)]
    [InlineData("time-and-user-claim", Nothing, 12, Verdict.Deny)]
    public void Should_decide_by_role_claim_and_time(string template, string attributes, int hour, Verdict expected)
    {
        foreach (var operation in (string[])["create", "update"])
            Assert.Equal(expected, Ask(template, attributes, hour, operation).Verdict);
    }

    [Theory]
    [InlineData("time", Nothing)]
    [InlineData("time-and-role", Role)]
    [InlineData("time-and-user-claim", Claim)]
    public void Should_take_nothing_away_after_hours(string template, string attributes) =>
        Assert.Equal(DeprovisionAction.Keep, Obligations.DeprovisionOf(Ask(template, attributes, 20, "update")));

    [Theory]
    [InlineData("time", Nothing)]
    [InlineData("time-and-role", Role)]
    [InlineData("time-and-user-claim", Claim)]
    public void Should_say_when_the_hours_begin_and_end(string template, string attributes)
    {
        Assert.Equal(new DateTimeOffset(2026, 1, 6, 9, 0, 0, TimeSpan.Zero), Ask(template, attributes, 20, "update").HoldsUntil);
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 17, 0, 0, TimeSpan.Zero).AddTicks(1), Ask(template, attributes, 12, "update").HoldsUntil);
        Assert.Null(Ask("role", Role, 12, "update").HoldsUntil);
    }

    [Fact]
    public void Should_find_the_roles_among_the_groups_as_well() =>
        Assert.Equal(Verdict.Permit, Ask("role", Nothing, 12, "create", "ROLE_1").Verdict);

    private static PolicyAnswer Ask(string template, string attributes, int hour, string operation, params string[] groups)
    {
        var policies = PolicyDecisionPoint.LoadFolder(Path.Combine(Rules, template), new PdpOptions { TimeZone = TimeZoneInfo.Utc });
        var point = new XacmlDecisionPoint(() => policies, new FakeTimeProvider(new DateTimeOffset(2026, 1, 5, hour, 0, 0, TimeSpan.Zero)));
        return point.Decide(new AccessFacts(
            Sample.View($$"""{ "userName": "ada", {{attributes}} }"""),
            groups,
            new ServiceProvider { Name = "template-service-provider" },
            new IdentityProvider { Name = "template-identity-provider", Connector = "scim2" },
            operation));
    }

    private static string Rules
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Provisioning.sln")))
                folder = folder.Parent!;
            return Path.Combine(folder.FullName, "policies", "rules", "templates");
        }
    }
}
