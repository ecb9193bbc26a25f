using Provisioning.Core.Configuration;
using Provisioning.Core.Deciding;

namespace Provisioning.Core.Tests;

public sealed class BindingDeciderTests
{
    [Theory]
    [InlineData("""{"roles":[{"value":"staff"}]}""", "", true)]
    [InlineData("""{"roles":["staff"]}""", "", true)]
    [InlineData("{}", "staff", true)]
    [InlineData("""{"roles":["Staff"]}""", "guests", true)]
    [InlineData("""{"roles":[{"value":"STAFF"}]}""", "guests", true)]
    [InlineData("""{"roles":{"value":"Admin"}}""", "guests", true)]
    [InlineData("{}", "Staff", true)]
    [InlineData("""{"roles":["staffs"]}""", "guests", false)]
    [InlineData("{}", "", false)]
    public void When_roles_are_asked_for_Should_assign_only_who_has_one(string attributes, string group, bool expected)
    {
        var configuration = Sample.Configuration(Sample.Provider with { ProvisioningRoles = ["admin", "staff"] }, Sample.ServiceProvider(rules: false));
        var decision = Decider(_ => throw new InvalidOperationException()).Decide(Sample.User(attributes), [Sample.Group(group)], configuration, "update")["idp"].Strongest(null);
        Assert.Equal(expected, decision.Assigned);
    }

    [Theory]
    [InlineData(Verdict.Permit, NotApplicableMeaning.Deny, true)]
    [InlineData(Verdict.Deny, NotApplicableMeaning.Permit, false)]
    [InlineData(Verdict.NotApplicable, NotApplicableMeaning.Deny, false)]
    [InlineData(Verdict.NotApplicable, NotApplicableMeaning.Permit, true)]
    [InlineData(Verdict.Indeterminate, NotApplicableMeaning.Permit, null)]
    [InlineData(Verdict.Indeterminate, NotApplicableMeaning.Deny, null)]
    public void When_the_policies_answer_Should_follow_verdict_and_setting(Verdict verdict, NotApplicableMeaning meaning, bool? expected) =>
        Assert.Equal(expected, Decide(Sample.Answer(verdict), Sample.Provider with { OnNotApplicable = meaning }).Assigned);

    [Theory]
    [InlineData("urn:somebody:else", "a")]
    [InlineData(Obligations.Deprovision, "shred")]
    [InlineData(Obligations.Deprovision, "1")]
    public void When_an_obligation_cannot_be_fulfilled_Should_refuse(string id, string value)
    {
        var decision = Decide(Sample.Answer(Verdict.Permit, Sample.Obligation(id, "action", value)));
        Assert.False(decision.Assigned);
        Assert.Contains(id, decision.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void When_obligations_are_known_Should_hand_them_on()
    {
        var permit = Decide(Sample.Answer(Verdict.Permit, Sample.Obligation(Obligations.SetAttribute, "title", "Dr")));
        Assert.Equal(new KeyValuePair<string, string>("title", "Dr"), Assert.Single(permit.SetAttributes!));
        var deny = Decide(Sample.Answer(Verdict.Deny, Sample.Obligation(Obligations.Deprovision, "action", "delete")));
        Assert.Equal(DeprovisionAction.Delete, deny.Deprovision);
        Assert.Null(Decide(Sample.Answer(Verdict.Deny)).Deprovision);
    }

    [Theory]
    [InlineData(Verdict.Permit, Verdict.Indeterminate, true)]
    [InlineData(Verdict.Permit, Verdict.Deny, true)]
    [InlineData(Verdict.Indeterminate, Verdict.Deny, null)]
    [InlineData(Verdict.Deny, Verdict.Deny, false)]
    public void When_service_providers_differ_Should_let_grant_beat_doubt_beat_refusal(Verdict one, Verdict other, bool? expected)
    {
        var configuration = Sample.Configuration(null, Sample.ServiceProvider("a"), Sample.ServiceProvider("b"));
        foreach (var (a, b) in new[] { (one, other), (other, one) })
        {
            var decider = Decider(x => Sample.Answer(x.ServiceProvider.Name == "a" ? a : b));
            Assert.Equal(expected, decider.Decide(Sample.User("{}", "a", "b"), [], configuration, "update")["idp"].Strongest(null).Assigned);
        }
    }

    [Theory]
    [InlineData(2, 1, 1)]
    [InlineData(1, 2, 1)]
    [InlineData(null, 2, 2)]
    [InlineData(2, null, 2)]
    [InlineData(null, null, null)]
    public void When_one_answer_holds_shorter_Should_hold_as_long_as_that_one_whichever_decides(int? grant, int? refusal, int? expected)
    {
        static DateTimeOffset? At(int? days) => days is { } d ? Sample.Now.AddDays(d) : null;
        var configuration = Sample.Configuration(null, Sample.ServiceProvider("a"), Sample.ServiceProvider("b"));
        foreach (var granting in (string[])["a", "b"])
        {
            var decider = Decider(x => x.ServiceProvider.Name == granting
                ? Sample.Answer(Verdict.Permit) with { HoldsUntil = At(grant) } : Sample.Answer(Verdict.Deny) with { HoldsUntil = At(refusal) });
            var decision = decider.Decide(Sample.User("{}", "a", "b"), [], configuration, "update")["idp"];
            Assert.Equal((true, At(expected)), (decision.Strongest(null).Assigned, decision.HoldsUntil));
        }
    }

    [Fact]
    public void When_names_lead_nowhere_Should_decide_nothing() =>
        Assert.Empty(Decider(_ => Sample.Answer(Verdict.Permit)).Decide(Sample.User("{}", "unknown"), [], Sample.Configuration(), "update"));

    private static BindingDecider Decider(Func<AccessFacts, PolicyAnswer> answer) => new(new ScriptedDecisionPoint(answer));

    private static BindingDecision Decide(PolicyAnswer answer, IdentityProvider? provider = null) =>
        Decider(_ => answer).Decide(Sample.User(), [], Sample.Configuration(provider), "update")["idp"].Strongest(null);
}
