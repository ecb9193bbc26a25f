using Provisioning.Connectors;
using Provisioning.Core.Converging;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Tests;

public sealed class When_names_move
{
    private readonly ScriptedConnector _target = new();
    private readonly KnownAccounts _accounts = new();

    [Theory]
    [InlineData(AppliedState.Disabled, "update t1")]
    [InlineData(AppliedState.Present, "disable t1, update t1")]
    public async Task Should_rename_a_disabled_account_after_its_access_is_gone(AppliedState applied, string calls)
    {
        var result = await ConvergeAsync(Sample.Applied("""{"userName":"ada-left"}""") with { Desired = DesiredState.Disabled, Applied = applied });
        Assert.Equal((calls, AppliedState.Disabled, "ada-left"), (string.Join(", ", _target.Calls), result.Applied, result.AppliedAttributes!["userName"]!.ToString()));
        Assert.Null(_target.Deltas[0].Enabled);
    }

    [Fact]
    public async Task Should_leave_a_leaver_disabled_whose_attributes_the_target_refuses()
    {
        _target.Fail("update", FailureKind.Rejected);
        var result = await ConvergeAsync(Sample.Applied("""{"userName":"ada-left"}""") with { Desired = DesiredState.Disabled, Assigned = false });
        Assert.Equal((null, AppliedState.Disabled), (result.Failure, result.Applied));
    }

    [Fact]
    public async Task Should_give_up_the_own_name_when_two_users_swapped_theirs()
    {
        Holds("""{"userName":"eve"}""", desired: """{"userName":"ada"}""");
        _target.Fail("update", FailureKind.Conflict);
        var result = await ConvergeAsync(Sample.Applied("""{"userName":"eve"}"""));
        Assert.Equal((FailureKind.Transient, "ada-a1"), (result.Failure!.Kind, result.AppliedAttributes!["userName"]!.ToString()));
        Assert.Equal("update t1, find a1/eve, update t1", string.Join(", ", _target.Calls));
    }

    [Fact]
    public async Task Should_wait_for_a_name_that_is_being_given_up()
    {
        Holds("""{"userName":"eve"}""", desired: """{"userName":"eve-left"}""");
        _target.Fail("update", FailureKind.Conflict);
        var result = await ConvergeAsync(Sample.Applied("""{"userName":"eve"}"""));
        Assert.Equal((FailureKind.Transient, true), (result.Failure!.Kind, result.Failure.IsWait));
        Assert.Contains("'holder'", result.Failure.Message, StringComparison.Ordinal);
        Assert.Single(_target.Deltas);
    }

    [Fact]
    public async Task Should_say_whose_the_name_is_when_its_holder_keeps_it()
    {
        Holds("""{"userName":"eve"}""", desired: """{"userName":"eve"}""", AssignmentStatus.Done);
        _target.Fail("update", FailureKind.Conflict);
        var result = await ConvergeAsync(Sample.Applied("""{"userName":"eve"}"""));
        Assert.Equal((FailureKind.Rejected, "the name 'eve' is that of account 't9' of 'holder'"), (result.Failure!.Kind, result.Failure.Message));
    }

    [Fact]
    public async Task Should_have_a_leaver_give_the_name_up()
    {
        Holds("""{"userName":"eve","mail":"eve@x.org","title":"Boss"}""", desired: """{"userName":"eve"}""", AssignmentStatus.Done);
        _accounts.Holder = _accounts.Holder! with { Desired = DesiredState.Disabled };
        _target.Fail("update", FailureKind.Conflict);
        var result = await ConvergeAsync(Sample.Applied("""{"userName":"eve","mail":"eve@x.org","title":"Boss"}"""));
        Assert.Equal(FailureKind.Transient, result.Failure!.Kind);
        var values = Assert.Single(_accounts.Yielded).Values;
        Assert.Equal(["mail=eve-h1@x.org", "userName=eve-h1"], values.Select(x => $"{x.Key}={x.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Should_fail_as_a_conflict_when_nobody_known_has_the_name()
    {
        _target.Has(AccountOwnership.Foreign, """{"userName":"eve"}""");
        _target.Fail("update", FailureKind.Conflict);
        Assert.Equal(FailureKind.Conflict, (await ConvergeAsync(Sample.Applied("""{"userName":"eve"}"""))).Failure!.Kind);
    }

    [Fact]
    public async Task Should_take_over_a_leavers_account_with_nothing_of_the_leaver()
    {
        _target.Has(AccountOwnership.Foreign, """{"userName":"ada","title":"CFO","phone":"9","notOurs":"x"}""", enabled: true);
        _accounts.Holder = Sample.Applied() with
        {
            Id = "h1", AccountId = "t9", Desired = DesiredState.Absent, AppliedAttributes = Sample.Json("""{"userName":"ada","title":"CFO","phone":"9"}"""),
        };
        _target.Fail("create", FailureKind.Conflict);
        var result = await ConvergeAsync(Sample.Assignment());
        var delta = Assert.Single(_target.Deltas);
        Assert.Equal(["phone=", "title=", "userName=ada"], delta.Changes.Select(x => $"{x.Attribute}={x.Value}").Order(StringComparer.Ordinal));
        Assert.Equal(("u1", true), (delta.Marker, delta.Enabled));
        Assert.Equal((null, "t9", """{"userName":"ada"}"""), (result.Failure, result.AccountId, result.AppliedAttributes!.ToJsonString()));
    }

    [Fact]
    public async Task Should_write_the_marker_at_the_next_attempt_when_the_first_change_failed()
    {
        _target.Fail("update", FailureKind.Transient);
        var adopted = Sample.Applied() with { Unmarked = true };
        var failed = await ConvergeAsync(adopted);
        Assert.Equal((FailureKind.Transient, true), (failed.Failure!.Kind, failed.Unmarked));
        Assert.False((await ConvergeAsync(adopted)).Unmarked);
        Assert.Equal(["u1", "u1"], _target.Deltas.Select(x => x.Marker));
    }

    [Theory]
    [InlineData("""{"userName":"ada-left"}""", FailureKind.Transient)]
    [InlineData("""{"userName":"ada"}""", FailureKind.Rejected)]
    public async Task Should_not_adopt_the_account_of_a_user_who_exists_and_wait_if_it_is_renamed(string desired, FailureKind expected)
    {
        Holds("""{"userName":"ada"}""", desired);
        _accounts.Holder = _accounts.Holder! with { Desired = DesiredState.Disabled };
        _accounts.HolderIsLiving = true;
        _target.Fail("create", FailureKind.Conflict);
        var result = await ConvergeAsync(Sample.Assignment());
        Assert.Equal((expected, null), (result.Failure!.Kind, result.AccountId));
        Assert.Contains("'holder'", result.Failure.Message, StringComparison.Ordinal);
    }

    private void Holds(string applied, string desired, AssignmentStatus status = AssignmentStatus.Pending)
    {
        _target.Has(AccountOwnership.Foreign, applied);
        _accounts.Holder = Sample.Applied(desired, applied) with { Id = "h1", ResourceId = "u9", ResourceName = "holder", AccountId = "t9", Status = status };
    }

    private Task<ConvergeResult> ConvergeAsync(Assignment assignment) => new Converger(_accounts).ConvergeAsync(
        assignment, Sample.Provider, _target, new OperationContext("a1", 1, DateTimeOffset.MaxValue, _ => { }), null, CancellationToken.None);
}
