using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Converging;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Tests;

public sealed class ConvergerTests
{
    private readonly ScriptedConnector _target = new();
    private readonly KnownAccounts _accounts = new();

    [Fact]
    public async Task When_there_is_no_account_Should_create_it()
    {
        var result = await Converge(Sample.Assignment());
        Assert.Equal(["create u1"], _target.Calls);
        Assert.Equal((AppliedState.Present, "new", false), (result.Applied, result.AccountId, result.Uncertain));
        Assert.Equal("""{"userName":"ada"}""", result.AppliedAttributes!.ToJsonString());
        Assert.Null(result.Failure);
    }

    [Fact]
    public async Task When_it_could_not_be_mapped_Should_not_make_an_empty_account()
    {
        var result = await Converge(Sample.Assignment(null));
        Assert.Empty(_target.Calls);
        Assert.Equal((FailureKind.Rejected, AppliedState.None), (result.Failure?.Kind, result.Applied));
    }

    [Fact]
    public async Task When_the_name_is_taken_Should_find_adopt_and_update()
    {
        _target.Fail("create", FailureKind.Conflict);
        _target.Has(AccountOwnership.Unowned, """{"userName":"ada","title":"old","locale":"en"}""");
        var result = await Converge(Sample.Assignment("""{"userName":"ada","title":"new"}"""));
        Assert.Equal(["create u1", "find u1/ada", "update t9"], _target.Calls);
        Assert.Equal(["title"], Changes());
        Assert.Equal(("t9", "create, find, update"), (result.AccountId, result.Made()));
        Assert.Null(result.Failure);
    }

    [Fact]
    public async Task When_the_database_of_the_host_fails_before_anything_is_sent_Should_blame_nobody_else_and_doubt_nothing()
    {
        _accounts.Fault = new IOException("connection refused");
        var result = await Converge(Sample.Assignment("""{"userName":"ada","manager":{"$account":"u2"}}"""));
        Assert.Equal((FailureKind.Transient, true, false), (result.Failure?.Kind, result.Failure?.IsOurs, result.Uncertain));
        Assert.Contains("the host's database did not answer: connection refused", result.Failure!.Message, StringComparison.Ordinal);
        Assert.Empty(_target.Calls);
    }

    [Fact]
    public async Task When_the_time_is_over_before_anything_was_changed_Should_doubt_nothing()
    {
        _target.Fail("create", FailureKind.Conflict);
        _target.Fail("find", new OperationCanceledException());
        var found = await Converge(Sample.Assignment() with { Uncertain = true });
        Assert.DoesNotContain("create u1", _target.Calls);
        Assert.Equal((FailureKind.Ambiguous, AppliedState.None), (found.Failure?.Kind, found.Applied));
    }

    [Fact]
    public async Task When_adopting_Should_leave_sub_attributes_alone_that_only_the_target_has()
    {
        _target.Fail("create", FailureKind.Conflict);
        _target.Has(AccountOwnership.Unowned, """{"userName":"ada","name":{"givenName":"A","formatted":"Countess"}}""");
        await Converge(Sample.Assignment("""{"userName":"ada","name":{"givenName":"Ada"}}"""));
        Assert.Equal(["name.givenName"], Changes());
    }

    [Fact]
    public async Task When_the_name_is_taken_but_nothing_is_found_Should_stay_a_conflict()
    {
        _target.Fail("create", FailureKind.Conflict);
        Assert.Equal(FailureKind.Conflict, (await Converge(Sample.Assignment())).Failure!.Kind);
    }

    [Theory]
    [InlineData(ExistingAccounts.Reject, AccountOwnership.Unowned, false)]
    [InlineData(ExistingAccounts.Reject, AccountOwnership.Ours, true)]
    [InlineData(ExistingAccounts.AdoptIfUnowned, AccountOwnership.Unowned, true)]
    [InlineData(ExistingAccounts.AdoptIfUnowned, AccountOwnership.Foreign, false)]
    [InlineData(ExistingAccounts.Adopt, AccountOwnership.Foreign, true)]
    public async Task When_an_account_exists_Should_follow_the_setting(ExistingAccounts existing, AccountOwnership ownership, bool adopted)
    {
        _target.Fail("create", FailureKind.Conflict);
        _target.Has(ownership, """{"userName":"ada"}""");
        var result = await Converge(Sample.Assignment(), Sample.Provider with { Existing = existing });
        var marks = adopted && ownership != AccountOwnership.Ours;
        Assert.Equal(marks ? ["create u1", "find u1/ada", "update t9"] : ["create u1", "find u1/ada"], _target.Calls);
        Assert.Equal(marks ? ["u1"] : [], _target.Deltas.Select(x => x.Marker));
        Assert.Equal(adopted ? null : FailureKind.Rejected, result.Failure?.Kind);
        Assert.Equal(adopted ? "t9" : null, result.AccountId);
    }

    [Fact]
    public async Task When_several_match_Should_take_ours_or_ask()
    {
        _target.Has(AccountOwnership.Unowned, """{"userName":"ada"}""", "t7");
        _target.Has(AccountOwnership.Unowned, """{"userName":"ada"}""", "t8");
        var uncertain = Sample.Assignment() with { Uncertain = true };
        Assert.Equal(FailureKind.Rejected, (await Converge(uncertain)).Failure!.Kind);
        _target.Has(AccountOwnership.Ours, """{"userName":"ada"}""");
        Assert.Equal("t9", (await Converge(uncertain)).AccountId);
    }

    [Theory]
    [InlineData(true, false, true, true)]
    [InlineData(false, true, true, true)]
    [InlineData(false, false, false, true)]
    [InlineData(false, false, true, false)]
    public async Task When_unsure_Should_find_before_creating(bool uncertain, bool matchFirst, bool unique, bool finds)
    {
        var target = new ScriptedConnector { NamesAreUnique = unique };
        var result = await Converge(Sample.Assignment() with { Uncertain = uncertain }, Sample.Provider with { MatchBeforeCreate = matchFirst }, target);
        Assert.Equal(finds ? "find, create" : "create", result.Made());
        Assert.False(result.Uncertain);
    }

    [Fact]
    public async Task When_the_answer_to_a_create_is_lost_Should_be_uncertain_and_not_create_twice()
    {
        _target.Fail("create", new OperationCanceledException());
        var first = await Converge(Sample.Assignment());
        Assert.Equal((true, FailureKind.Ambiguous), (first.Uncertain, first.Failure!.Kind));
        _target.Has(AccountOwnership.Ours, """{"userName":"ada"}""");
        var second = await Converge(Sample.Assignment() with { Uncertain = true });
        Assert.Equal(["create u1", "find u1/ada"], _target.Calls);
        Assert.Equal(("t9", false), (second.AccountId, second.Uncertain));
    }

    [Fact]
    public async Task When_the_answer_to_an_update_was_lost_Should_send_everything_and_remove_what_it_may_have_added()
    {
        _target.Fail("update", FailureKind.Transient);
        var first = await Converge(Sample.Applied("""{"userName":"ada","title":"x","name":{"givenName":"A","middleName":"B"}}""", """{"userName":"ada","name":{"givenName":"A"}}"""));
        Assert.True(first.Uncertain);
        _target.Deltas.Clear();
        var second = await Converge(Sample.Applied("""{"userName":"ada","name":{"givenName":"A"}}""") with { AppliedAttributes = first.AppliedAttributes, Uncertain = true });
        Assert.Equal(["userName", "name.givenName", "name.middleName", "title"], Changes());
        Assert.True(_target.Deltas[0].Enabled);
        Assert.Equal(("update", false), (second.Made(), second.Uncertain));
    }

    [Fact]
    public async Task When_the_answer_to_a_disable_was_lost_Should_say_again_what_is_wanted_now()
    {
        _target.Fail("disable", FailureKind.Transient);
        var first = await Converge(Sample.Applied() with { Desired = DesiredState.Disabled });
        Assert.Equal((AppliedState.Present, true), (first.Applied, first.Uncertain));
        await Converge(Sample.Applied() with { Uncertain = true });
        Assert.True(Assert.Single(_target.Deltas).Enabled);
    }

    [Fact]
    public async Task When_disabling_while_its_attributes_are_unknown_Should_send_them_when_it_comes_back()
    {
        var disabled = await Converge(Sample.Applied() with { Desired = DesiredState.Disabled, Uncertain = true });
        Assert.Equal((AppliedState.Disabled, true), (disabled.Applied, disabled.Uncertain));
        await Converge(Sample.Applied() with { Applied = disabled.Applied, Uncertain = disabled.Uncertain });
        Assert.Equal(["disable t1", "update t1"], _target.Calls);
    }

    [Fact]
    public async Task When_the_account_is_gone_on_update_Should_create_it_again()
    {
        _target.Fail("update", FailureKind.Gone);
        var result = await Converge(Sample.Applied("""{"userName":"ada","title":"x"}"""));
        Assert.Equal(["update t1", "create u1"], _target.Calls);
        Assert.Equal("new", result.AccountId);
    }

    [Fact]
    public async Task When_creating_again_fails_Should_have_forgotten_the_old_account()
    {
        _target.Fail("update", FailureKind.Gone);
        _target.Fail("create", FailureKind.Transient);
        var result = await Converge(Sample.Applied("""{"userName":"ada","title":"x"}"""));
        Assert.Equal((AppliedState.Absent, null, FailureKind.Transient), (result.Applied, result.AccountId, result.Failure!.Kind));
    }

    [Fact]
    public async Task When_attributes_change_Should_send_only_those()
    {
        var result = await Converge(Sample.Applied(
            """{"userName":"ada","name":{"givenName":"Ada","familyName":"King"},"locale":"en"}""",
            """{"userName":"ada","name":{"givenName":"Ada","familyName":"Byron"},"title":"x","locale":"en"}"""));
        Assert.Equal(["update t1"], _target.Calls);
        Assert.Equal(["name.familyName", "title"], Changes());
        Assert.Null(result.Failure);
    }

    [Fact]
    public async Task When_an_update_fails_Should_keep_what_was_applied()
    {
        _target.Fail("update", FailureKind.Transient);
        var result = await Converge(Sample.Applied("""{"userName":"eve"}"""));
        Assert.Equal(("t1", """{"userName":"ada"}"""), (result.AccountId, result.AppliedAttributes!.ToJsonString()));
    }

    [Fact]
    public async Task When_nothing_changed_Should_call_nothing()
    {
        Assert.Null((await Converge(Sample.Applied())).Failure);
        await Converge(Sample.Applied() with { Desired = DesiredState.Disabled, Applied = AppliedState.Disabled });
        Assert.Empty(_target.Calls);
    }

    [Fact]
    public async Task When_it_was_disabled_Should_enable_it()
    {
        Assert.Equal(AppliedState.Present, (await Converge(Sample.Applied() with { Applied = AppliedState.Disabled })).Applied);
        await Converge(Sample.Applied("""{"userName":"eve"}""") with { Applied = AppliedState.Disabled });
        Assert.Equal(["enable t1", "update t1"], _target.Calls);
        Assert.True(Assert.Single(_target.Deltas).Enabled);
    }

    [Fact]
    public async Task When_it_should_be_disabled_Should_disable_it_and_bear_its_absence()
    {
        var assignment = Sample.Applied() with { Desired = DesiredState.Disabled };
        Assert.Equal(AppliedState.Disabled, (await Converge(assignment)).Applied);
        _target.Fail("disable", FailureKind.Gone);
        var gone = await Converge(assignment);
        Assert.Equal((AppliedState.Absent, null, null), (gone.Applied, gone.AccountId, gone.Failure));
    }

    [Theory]
    [InlineData(DesiredState.Absent)]
    [InlineData(DesiredState.Disabled)]
    public async Task When_it_was_never_created_Should_take_away_without_a_call(DesiredState desired)
    {
        Assert.Null((await Converge(Sample.Assignment() with { Desired = desired })).Failure);
        Assert.Empty(_target.Calls);
    }

    [Theory]
    [InlineData(AccountOwnership.Ours, "find, delete")]
    [InlineData(AccountOwnership.Unowned, "find")]
    [InlineData(AccountOwnership.Foreign, "find")]
    public async Task When_deleting_while_uncertain_Should_delete_only_ours(AccountOwnership ownership, string operations)
    {
        _target.Has(ownership, """{"userName":"ada"}""");
        var result = await Converge(Sample.Assignment() with { Desired = DesiredState.Absent, Uncertain = true }, attempt: 3);
        Assert.Equal((operations, AppliedState.Absent, false), (result.Made(), result.Applied, result.Uncertain));
    }

    [Theory]
    [InlineData(DesiredState.Absent, true)]
    [InlineData(DesiredState.Disabled, true)]
    [InlineData(DesiredState.Present, false)]
    public async Task When_it_may_have_been_created_and_is_not_found_Should_look_again_before_believing_it(DesiredState desired, bool unique)
    {
        var target = new ScriptedConnector { NamesAreUnique = unique };
        var assignment = Sample.Assignment() with { Desired = desired, Uncertain = true };
        foreach (var look in (int[])[1, 2])
        {
            var result = await Converge(assignment, target: target, attempt: look);
            Assert.Equal((FailureKind.Conflict, true, "find"), (result.Failure!.Kind, result.Uncertain, result.Made()));
        }

        Assert.Null((await Converge(assignment, target: target, attempt: 3)).Failure);
        target.Has(AccountOwnership.Ours, """{"userName":"ada"}""");
        Assert.Null((await Converge(assignment, target: target, attempt: 1)).Failure);
    }

    [Fact]
    public async Task When_the_answer_to_a_delete_was_lost_and_it_is_wanted_again_Should_make_sure()
    {
        _target.Fail("delete", FailureKind.Transient);
        var left = await Converge(Sample.Applied() with { Desired = DesiredState.Absent });
        Assert.Equal((true, "t1"), (left.Uncertain, left.AccountId));
        _target.Fail("update", FailureKind.Gone);
        Assert.Equal("new", (await Converge(Sample.Applied() with { Uncertain = true })).AccountId);
    }

    [Fact]
    public async Task When_the_manager_has_no_account_yet_Should_leave_the_reference_out_and_set_it_later()
    {
        var desired = """{"userName":"ada","urn:x:2.0:User":{"manager":{"value":{"$account":"boss"}}}}""";
        var first = await Converge(Sample.Assignment(desired));
        Assert.Equal("""{"userName":"ada"}""", first.AppliedAttributes!.ToJsonString());
        _accounts.Ids["boss"] = "t-boss";
        var second = await Converge(Sample.Applied(desired));
        Assert.Equal(["urn:x:2.0:User"], Changes());
        Assert.Equal("""{"userName":"ada","urn:x:2.0:User":{"manager":{"value":"t-boss"}}}""", second.AppliedAttributes!.ToJsonString());
    }

    [Fact]
    public async Task When_the_account_belongs_to_another_user_Should_not_share_it()
    {
        _target.Fail("create", FailureKind.Conflict);
        _target.Has(AccountOwnership.Foreign, """{"userName":"ada"}""");
        _accounts.Holder = Sample.Applied() with { ResourceName = "eve" };
        var failure = (await Converge(Sample.Assignment())).Failure!;
        Assert.Equal(FailureKind.Rejected, failure.Kind);
        Assert.Contains("'eve'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("node/1", FailureKind.Transient)]
    public async Task When_the_account_is_that_of_a_leaver_Should_adopt_it_unless_it_is_being_taken_away(string? lease, FailureKind? expected)
    {
        _target.Fail("create", FailureKind.Conflict);
        _target.Has(AccountOwnership.Foreign, """{"userName":"ada"}""");
        _accounts.Holder = Sample.Applied() with { Desired = DesiredState.Absent, Lease = lease is null ? null : new Lease("node", lease, DateTimeOffset.MaxValue) };
        Assert.Equal(expected, (await Converge(Sample.Assignment())).Failure?.Kind);
    }

    [Theory]
    [InlineData(DesiredState.Absent)]
    [InlineData(DesiredState.Disabled)]
    public async Task When_the_account_is_protected_Should_neither_disable_nor_delete_it(DesiredState desired)
    {
        var provider = Sample.Provider with { ProtectedAccounts = ["t1"] };
        var result = await Converge(Sample.Applied() with { Desired = desired }, provider);
        Assert.Equal(FailureKind.Rejected, result.Failure!.Kind);
        Assert.Empty(_target.Calls);
    }

    private IEnumerable<string> Changes() => Assert.Single(_target.Deltas).Changes
        .Select(x => x.SubAttribute is null ? x.Attribute : $"{x.Attribute}.{x.SubAttribute}");

    [Fact]
    public async Task When_the_target_never_deletes_Should_disable_and_find_who_comes_back()
    {
        var target = new UndeletableConnector(_target);
        var left = await Converge(Sample.Applied("""{"userName":"ada"}""") with { Desired = DesiredState.Absent }, target: target);
        Assert.Equal(["disable t1"], _target.Calls);
        Assert.Equal((AppliedState.Absent, null, "disable"), (left.Applied, left.Failure, left.Made()));
        _target.Fail("create", FailureKind.Conflict);
        _target.Has(AccountOwnership.Ours, """{"userName":"ada"}""", "t1", enabled: false);
        var back = await Converge(Sample.Assignment(), target: target);
        Assert.Equal(("t1", "create, find, enable"), (back.AccountId, back.Made()));
    }

    private Task<ConvergeResult> Converge(Assignment assignment, IdentityProvider? provider = null, IConnector? target = null, int attempt = 1) =>
        new Converger(_accounts).ConvergeAsync(
            assignment, provider ?? Sample.Provider, target ?? _target, new OperationContext("a1", attempt, Sample.Now, _ => { }), null, TestContext.Current.CancellationToken);
}
