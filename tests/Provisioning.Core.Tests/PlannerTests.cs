using Microsoft.Extensions.Time.Testing;
using Provisioning.Core.Configuration;
using Provisioning.Core.Deciding;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Users;

namespace Provisioning.Core.Tests;

public sealed class PlannerTests
{
    private static readonly IdentityProvider Graceful =
        Sample.Provider with { Deprovision = new DeprovisionSettings { GracePeriod = TimeSpan.FromDays(7) } };

    [Theory]
    [InlineData(RegistrationOrigin.SignedIn, false, false, false)]
    [InlineData(RegistrationOrigin.SignedIn, true, false, true)]
    [InlineData(RegistrationOrigin.SignedIn, false, true, true)]
    [InlineData(RegistrationOrigin.Registered, false, false, true)]
    [InlineData(RegistrationOrigin.Imported, false, false, true)]
    public void When_somebody_only_ever_signed_in_Should_give_new_accounts_by_jit_bindings_only_whatever_happens(
        RegistrationOrigin origin, bool jit, bool exists, bool planned)
    {
        var configuration = Sample.Configuration(null, Sample.ServiceProvider(jit: jit));
        var user = Sample.User() with { Registrations = [Sample.Says("sp", """{"userName":"ada"}""", origin)] };
        foreach (var trigger in Enum.GetValues<Trigger>())
        {
            var plans = Plan(Verdict.Permit, exists ? Sample.Applied() : null, configuration, user, trigger);
            Assert.Equal(planned ? [DesiredState.Present] : Array.Empty<DesiredState>(), plans.Select(x => x.Assignment.Desired));
        }
    }

    [Fact]
    public void When_permitted_Should_map_and_set_attributes_of_obligations()
    {
        var answer = Sample.Answer(Verdict.Permit, Sample.Obligation(Obligations.SetAttribute, "title", "Dr"));
        var plan = Assert.Single(Plan(answer, null, Sample.Configuration())).Assignment;
        Assert.Equal(DesiredState.Present, plan.Desired);
        Assert.Equal("""{"userName":"ada","title":"Dr"}""", plan.DesiredAttributes!.ToJsonString());
        Assert.Equal(Sample.Now, plan.DueAt);
        Assert.Contains("\"verdict\":\"permit\"", plan.Decision, StringComparison.Ordinal);
    }

    [Fact]
    public void When_an_obligation_names_a_path_Should_set_the_part_and_keep_the_others()
    {
        var answer = Sample.Answer(Verdict.Permit, Sample.Obligation(Obligations.SetAttribute, "name.honorificPrefix", "Dr"));
        var plan = Assert.Single(Plan(answer, null, Sample.Configuration(), Sample.User("""{"userName":"ada","name":{"givenName":"Ada"}}"""))).Assignment;
        Assert.Equal("""{"userName":"ada","name":{"givenName":"Ada","honorificPrefix":"Dr"}}""", plan.DesiredAttributes!.ToJsonString());
    }

    [Theory]
    [InlineData("password", "is a secret")]
    [InlineData("login.initialPassword", "is a secret")]
    [InlineData("userName.part", "without parts")]
    [InlineData("name..x", "no target path")]
    public void When_an_obligation_sets_what_a_mapping_may_not_Should_park(string path, string reason)
    {
        var plan = Assert.Single(Plan(Sample.Answer(Verdict.Permit, Sample.Obligation(Obligations.SetAttribute, path, "s3cret")), null, Sample.Configuration())).Assignment;
        Assert.Contains(reason, plan.ParkReason, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", plan.ParkReason + plan.DesiredAttributes?.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void When_nothing_is_mapped_Should_leave_secrets_out()
    {
        var user = Sample.User("""{"userName":"ada","password":"x","urn:example:User":{"pin":"1","vpnSecret":"x","keys":[{"apiToken":"x","use":"a"}]}}""");
        var plan = Assert.Single(Plan(Verdict.Permit, null, user: user)).Assignment;
        Assert.Equal("""{"userName":"ada","urn:example:User":{"pin":"1","keys":[{"use":"a"}]}}""", plan.DesiredAttributes!.ToJsonString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void When_indeterminate_Should_change_nothing(bool exists) =>
        Assert.Empty(Plan(Verdict.Indeterminate, exists ? Sample.Applied() : null));

    [Theory]
    [InlineData(DeprovisionAction.Disable, DesiredState.Disabled)]
    [InlineData(DeprovisionAction.Delete, DesiredState.Absent)]
    public void When_denied_Should_withdraw_after_the_grace_period(DeprovisionAction action, DesiredState expected)
    {
        var provider = Graceful with { Deprovision = Graceful.Deprovision with { Action = action } };
        var plan = Assert.Single(Plan(Verdict.Deny, Sample.Applied(), Sample.Configuration(provider))).Assignment;
        Assert.Equal(expected, plan.Desired);
        Assert.Equal(Sample.Now.AddDays(7), plan.DueAt);
        Assert.Equal("""{"userName":"ada"}""", plan.DesiredAttributes!.ToJsonString());
    }

    [Theory]
    [InlineData(Verdict.Permit)]
    [InlineData(Verdict.Deny)]
    [InlineData(Verdict.Indeterminate)]
    public void When_the_answer_holds_until_a_moment_Should_keep_it_with_the_user_with_plans_or_without(Verdict verdict)
    {
        var moment = Sample.Now.AddHours(1);
        var plans = Plan(Sample.Answer(verdict) with { HoldsUntil = moment }, null, Sample.Configuration());
        Assert.Equal((moment, moment), (Assert.Single(plans.Decided).DecideAt, plans.User.DecideAt));

        // Nothing is stored of somebody about whom the clock never said anything, and the last moment is forgotten.
        Assert.Empty(Plan(Sample.Answer(verdict), null, Sample.Configuration()).Decided);
        Assert.Null(Assert.Single(Plan(Sample.Answer(verdict), null, Sample.Configuration(), Sample.User() with { DecideAt = moment }).Decided).DecideAt);
    }

    [Fact]
    public void When_denied_without_an_account_Should_plan_nothing() => Assert.Empty(Plan(Verdict.Deny, null));

    [Theory]
    [InlineData(DeprovisionAction.Disable)]
    [InlineData(DeprovisionAction.Delete)]
    [InlineData(DeprovisionAction.Keep)]
    public void When_denied_before_it_was_created_Should_drop_it_at_once(DeprovisionAction action)
    {
        var provider = Graceful with { Deprovision = Graceful.Deprovision with { Action = action }, ProtectedAccounts = ["ada"] };
        var plan = Assert.Single(Plan(Verdict.Deny, Sample.Assignment(), Sample.Configuration(provider))).Assignment;
        Assert.Equal((DesiredState.Absent, Sample.Now), (plan.Desired, plan.DueAt));
    }

    [Fact]
    public void When_denied_while_uncertain_Should_not_drop_it() =>
        Assert.Equal(DesiredState.Disabled, Assert.Single(Plan(Verdict.Deny, Sample.Assignment() with { Uncertain = true })).Assignment.Desired);

    [Fact]
    public void When_accounts_are_kept_Should_plan_nothing()
    {
        var keep = Sample.Provider with { Deprovision = new DeprovisionSettings { Action = DeprovisionAction.Keep } };
        Assert.Empty(Plan(Verdict.Deny, Sample.Applied(), Sample.Configuration(keep)));
        Assert.Empty(Plan(Sample.Answer(Verdict.Deny, Sample.Obligation(Obligations.Deprovision, "action", "keep")), Sample.Applied(), Sample.Configuration()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void When_the_user_is_inactive_Should_disable_what_exists(bool exists)
    {
        var plans = Plan(Verdict.Permit, exists ? Sample.Applied() : null, user: Sample.User("""{"userName":"ada","active":false}"""));
        Assert.Equal(exists ? [DesiredState.Disabled] : Array.Empty<DesiredState>(), plans.Select(x => x.Assignment.Desired));
    }

    [Fact]
    public void When_the_mapping_fails_Should_park_and_keep_what_was_desired()
    {
        var provider = Sample.Provider with { Mapping = Sample.Json("""{"mail":{"expression":"user.mail","required":true}}""") };
        var plan = Assert.Single(Plan(Verdict.Permit, Sample.Applied(), Sample.Configuration(provider))).Assignment;
        Assert.Contains("'mail'", plan.ParkReason, StringComparison.Ordinal);
        Assert.Equal("""{"userName":"ada"}""", plan.DesiredAttributes!.ToJsonString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void When_the_mapping_fails_for_an_inactive_user_Should_disable_the_account_all_the_same(bool exists)
    {
        var provider = Sample.Provider with { Mapping = Sample.Json("""{"mail":{"expression":"user.mail","required":true}}""") };
        var inactive = Sample.User("""{"userName":"ada","active":false}""");
        var plans = Plan(Verdict.Permit, exists ? Sample.Applied() : null, Sample.Configuration(provider), inactive);
        Assert.Equal(exists ? [DesiredState.Disabled] : Array.Empty<DesiredState>(), plans.Select(x => x.Assignment.Desired));
        Assert.All(plans, x => Assert.Equal((null, """{"userName":"ada"}"""), (x.Assignment.ParkReason, x.Assignment.DesiredAttributes!.ToJsonString())));
    }

    [Fact]
    public void When_no_binding_leads_there_any_more_Should_withdraw()
    {
        var unbound = Sample.Configuration(null, new ServiceProvider { Name = "sp" });
        Assert.Equal(DesiredState.Disabled, Assert.Single(Plan(Verdict.Permit, Sample.Applied(), unbound)).Assignment.Desired);
        Assert.Empty(Plan(Verdict.Permit, Sample.Applied() with { Status = AssignmentStatus.Detached }, unbound));
        Assert.Empty(Plan(Verdict.Permit, Sample.Applied(), ProvisioningConfiguration.Empty));
    }

    [Theory]
    [InlineData(Trigger.Inbound, false)]
    [InlineData(Trigger.SignIn, false)]
    [InlineData(Trigger.Clock, false)]
    [InlineData(Trigger.Replan, true)]
    public void When_losses_are_held_Should_not_take_them_one_by_one_but_let_other_changes_through(Trigger trigger, bool taken)
    {
        var before = Sample.Applied();
        var deny = Assert.Single(Plan(Sample.Answer(Verdict.Deny), before, Sample.Configuration(), null, trigger, held: true));
        Assert.Equal((taken, !taken), (deny.Assignment.Desired != DesiredState.Present, deny.Assignment.Held));
        var kept = deny.IfHeld ?? deny.Assignment;
        Assert.Equal((DesiredState.Present, true, before.Decision), (kept.Desired, kept.Held, kept.Decision));
        Assert.Single(Plan(Sample.Answer(Verdict.Permit), Sample.Applied(), Sample.Configuration(), null, trigger, held: true));
    }

    [Theory]
    [InlineData("ADA")]
    [InlineData("a*")]
    [InlineData("t1")]
    public void When_the_account_is_protected_Should_keep_it_and_say_so(string pattern)
    {
        var configuration = Sample.Configuration(Sample.Provider with { ProtectedAccounts = ["root", pattern] });
        var plan = Assert.Single(Plan(Verdict.Deny, Sample.Applied(), configuration)).Assignment;
        Assert.Equal(DesiredState.Present, plan.Desired);
        Assert.Contains("protected", plan.Decision, StringComparison.Ordinal);
    }

    private static UserPlans Plan(
        Verdict verdict, Assignment? before, ProvisioningConfiguration? configuration = null, User? user = null, Trigger trigger = Trigger.Inbound) =>
        Plan(Sample.Answer(verdict), before, configuration ?? Sample.Configuration(), user, trigger);

    private static UserPlans Plan(
        PolicyAnswer answer, Assignment? before, ProvisioningConfiguration configuration, User? user = null, Trigger trigger = Trigger.Inbound, bool held = false)
    {
        var planner = new Planner(new BindingDecider(new ScriptedDecisionPoint(_ => answer)), new HeldAccounts(held), new FakeTimeProvider(Sample.Now));
        return planner.Plan(user ?? Sample.User(), [], before is null ? [] : [before], configuration, new Occasion(trigger, configuration.FindServiceProvider("sp")), "update");
    }

    private sealed class HeldAccounts(bool held) : IHeldWithdrawals
    {
        public bool Holds(string identityProvider, string resourceId) => held;
    }
}
