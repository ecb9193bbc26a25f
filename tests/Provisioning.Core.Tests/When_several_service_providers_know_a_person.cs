using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Provisioning.Core.Configuration;
using Provisioning.Core.Deciding;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Users;

namespace Provisioning.Core.Tests;

/// <summary>The word of each counts for its own bindings; that of a trusted one for everybody's.</summary>
public sealed class When_several_service_providers_know_a_person
{
    private static readonly ServiceProvider Personnel = new() { Name = "hr", Authority = AuthorityKind.Trusted, Precedence = 10 };
    private static readonly ServiceProvider Payroll = new() { Name = "payroll", Authority = AuthorityKind.Trusted, Precedence = 20 };

    [Theory]
    [InlineData("""{"title":"a"}""", """{"title":"b"}""", """{"title":"c"}""", """{"title":"a"}""")]
    [InlineData("{}", """{"title":"b"}""", """{"title":"c"}""", """{"title":"b"}""")]
    [InlineData("{}", "{}", """{"title":"c"}""", """{"title":"c"}""")]
    [InlineData("""{"name":{"givenName":"A"}}""", """{"name":{"familyName":"B"}}""", """{"name":{"givenName":"C","middleName":"C"}}""", """{"name":{"givenName":"A","familyName":"B","middleName":"C"}}""")]
    [InlineData("""{"roles":[{"value":"a"}]}""", """{"roles":[{"value":"b"}]}""", """{"roles":[{"value":"c"}]}""", """{"roles":[{"value":"a"}]}""")]
    [InlineData("""{"roles":[]}""", "{}", """{"roles":[{"value":"admin"}]}""", "{}")]
    public void Should_let_the_trusted_speak_first_and_the_others_fill_what_they_leave_open(string hr, string payroll, string shop, string expected)
    {
        // The order in which they came says nothing.
        foreach (var order in (string[][])[["hr", "payroll", "shop"], ["shop", "payroll", "hr"]])
        {
            var said = new Dictionary<string, string> { ["hr"] = hr, ["payroll"] = payroll, ["shop"] = shop };
            var user = Person([.. order.Select(x => Sample.Says(x, said[x]))]);
            Assert.Equal(expected, Authority.For(user, "shop", Configuration()).Attributes.ToJsonString());
        }
    }

    [Fact]
    public void Should_take_nothing_from_others_for_the_bindings_of_one()
    {
        var user = Person(Sample.Says("shop", """{"userName":"ada"}"""), Sample.Says("blog", """{"userName":"ada","title":"Boss","roles":[{"value":"admin"}]}"""));
        Assert.Equal("""{"userName":"ada"}""", Authority.For(user, "shop", Configuration()).Attributes.ToJsonString());
        Assert.Equal("""{"userName":"ada"}""", user.Registrations[0].Attributes.ToJsonString());
    }

    [Theory]
    [InlineData(null, null, true, true)]
    [InlineData(false, null, false, false)]
    [InlineData(null, false, false, true)]
    [InlineData(true, false, false, true)]
    public void Should_be_inactive_everywhere_for_a_trusted_one_and_for_its_own_bindings_for_another(bool? hr, bool? shop, bool atShop, bool atBlog)
    {
        var user = Person(Active("hr", hr), Active("shop", shop), Active("blog", null));
        Assert.Equal((atShop, atBlog), (Authority.For(user, "shop", Configuration()).Active, Authority.For(user, "blog", Configuration()).Active));
        Assert.Equal(hr == false, Authority.IsInactiveEverywhere(user, Configuration()));
    }

    [Fact]
    public void Should_count_the_groups_of_a_service_provider_for_itself_and_those_of_the_trusted_for_all()
    {
        GroupReference[] groups = [Sample.Group("finance", "blog"), Sample.Group("staff", "hr"), Sample.Group("buyers", "shop")];
        Assert.Equal(["staff", "buyers"], Authority.GroupsFor(groups, "shop", Configuration()));
        Assert.Equal(["finance", "staff"], Authority.GroupsFor(groups, "blog", Configuration()));
    }

    [Theory]
    [InlineData("shop", null, true)]
    [InlineData("hr,shop", "Ada at hr", true)]
    [InlineData("guests", null, false)]
    [InlineData("guests,hr", "Ada at hr", true)]
    public void Should_name_the_person_as_the_trusted_do_and_match_nobody_with_those_who_stay_apart(string known, string? name, bool isMatched)
    {
        var user = Authority.Named(Person([.. known.Split(',').Select(x => Sample.Says(x, $$"""{"userName":"Ada at {{x}}"}"""))]), Configuration());
        Assert.Equal((name ?? $"Ada at {known}", isMatched), (user.UserName, user.IsMatched));
    }

    [Fact]
    public void Should_keep_the_account_while_any_grants_it_and_show_what_those_say_who_grant_it()
    {
        var configuration = Configuration(Bound("shop"), Bound("blog"));
        var both = Person(Sample.Says("shop", """{"userName":"ada","title":"a"}"""), Sample.Says("blog", """{"userName":"ada","title":"b","nickName":"b"}"""));
        var plan = Assert.Single(Plan(both, configuration, _ => Verdict.Permit)).Assignment;
        Assert.Equal((DesiredState.Present, """{"userName":"ada","title":"a","nickName":"b"}"""), (plan.Desired, plan.DesiredAttributes!.ToJsonString()));

        // The first one grants it no more.
        plan = Assert.Single(Plan(both, configuration, x => x == "shop" ? Verdict.Deny : Verdict.Permit)).Assignment;
        Assert.Equal((DesiredState.Present, "blog", """{"userName":"ada","title":"b","nickName":"b"}"""), (plan.Desired, plan.ServiceProvider, plan.DesiredAttributes!.ToJsonString()));

        // The first one is gone, then the other one as well.
        plan = Assert.Single(Plan(both.Without("shop"), configuration, _ => Verdict.Permit)).Assignment;
        Assert.Equal((DesiredState.Present, "blog"), (plan.Desired, plan.ServiceProvider));
        plan = Assert.Single(Plan(Person(Sample.Says("other", "{}")), configuration, _ => Verdict.Permit)).Assignment;
        Assert.Equal(DesiredState.Disabled, plan.Desired);
        Assert.Contains("ended its registration of the user", plan.Decision, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, true, DesiredState.Present)]
    [InlineData(true, false, DesiredState.Present)]
    [InlineData(false, false, DesiredState.Disabled)]
    public void Should_disable_the_account_only_when_the_user_is_active_for_nobody_who_grants_it(bool shop, bool blog, DesiredState expected) =>
        Assert.Equal(expected, Assert.Single(Plan(Person(Active("shop", shop), Active("blog", blog)), Configuration(Bound("shop"), Bound("blog")), _ => Verdict.Permit)).Assignment.Desired);

    [Theory]
    [InlineData(Verdict.Indeterminate, true, null)]
    [InlineData(Verdict.Indeterminate, false, DesiredState.Disabled)]
    public void Should_disable_the_account_of_whoever_is_inactive_even_where_the_policies_cannot_decide(Verdict verdict, bool active, DesiredState? expected) =>
        Assert.Equal(expected, Plan(Person(Active("shop", active)), Configuration(Bound("shop")), _ => verdict).FirstOrDefault()?.Assignment.Desired);

    [Fact]
    public void Should_wait_by_the_binding_of_the_service_provider_where_it_happens_alone()
    {
        var configuration = Configuration(Bound("shop", blocking: true), Bound("blog"));
        var both = Person(Sample.Says("shop", "{}"), Sample.Says("blog", "{}"));
        Assert.True(Assert.Single(Plan(both, configuration, _ => Verdict.Permit, at: "shop")).Binding!.Blocking);
        Assert.False(Assert.Single(Plan(both, configuration, _ => Verdict.Permit, at: "blog")).Binding!.Blocking);
        Assert.Null(Assert.Single(Plan(both, configuration, _ => Verdict.Permit, at: "hr")).Binding);

        // Nobody waits for what only another one grants.
        Assert.Null(Assert.Single(Plan(both, configuration, x => x == "shop" ? Verdict.Deny : Verdict.Permit, at: "shop")).Binding);
    }

    [Fact]
    public void Should_give_nobody_back_by_a_binding_without_just_in_time_what_another_one_took_away()
    {
        var configuration = Configuration(Bound("shop"));
        var user = Person(Sample.Says("shop", """{"userName":"ada"}""", RegistrationOrigin.SignedIn));
        var withdrawn = Sample.Applied() with { ServiceProvider = "shop", Desired = DesiredState.Disabled, Assigned = false, Applied = AppliedState.Disabled };
        Assert.DoesNotContain(Plan(user, configuration, _ => Verdict.Permit, before: withdrawn), x => x.Assignment.Desired == DesiredState.Present);

        // The account that such a binding gave stays, also while the user is inactive.
        var kept = Sample.Applied() with { ServiceProvider = "shop", Desired = DesiredState.Disabled, Assigned = true };
        Assert.Equal(DesiredState.Present, Assert.Single(Plan(user, configuration, _ => Verdict.Permit, before: kept)).Assignment.Desired);
    }

    private static ServiceProvider Bound(string name, bool blocking = false) => new()
    {
        Name = name, OutboundProvisioning = [new Binding { IdentityProvider = "idp", Rules = true, Blocking = blocking }],
    };

    private static ProvisioningConfiguration Configuration(params ServiceProvider[] more) => new(
        "r1", [Payroll, Personnel, new ServiceProvider { Name = "guests", Match = MatchRule.None }, .. more], [Sample.Provider]);

    private static User Person(params Registration[] registrations) => new("u1", "ada", registrations, 1, Sample.Now, Sample.Now);

    private static Registration Active(string serviceProvider, bool? active) =>
        Sample.Says(serviceProvider, active is null ? """{"userName":"ada"}""" : new JsonObject { ["userName"] = "ada", ["active"] = active }.ToJsonString());

    private static UserPlans Plan(User user, ProvisioningConfiguration configuration, Func<string, Verdict> verdict, string? at = null, Assignment? before = null)
    {
        var decider = new BindingDecider(new ScriptedDecisionPoint(x => Sample.Answer(verdict(x.ServiceProvider.Name))));
        var planner = new Planner(decider, new NothingHeld(), new FakeTimeProvider(Sample.Now));
        return planner.Plan(user, [], [before ?? Sample.Applied()], configuration, new Occasion(Trigger.Inbound, configuration.FindServiceProvider(at ?? "")), "update");
    }

    private sealed class NothingHeld : IHeldWithdrawals
    {
        public bool Holds(string identityProvider, string resourceId) => false;
    }
}
