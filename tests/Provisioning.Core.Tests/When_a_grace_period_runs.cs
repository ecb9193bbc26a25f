using Provisioning.Connectors;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Tests;

/// <summary>An account that goes after a grace period stays until it is over, whatever becomes of the attempts that began before.</summary>
public sealed class When_a_grace_period_runs
{
    private static readonly DateTimeOffset s_end = Sample.Now.AddDays(7);
    private static readonly Lease s_first = new("n1", "first", Sample.Now.AddMinutes(5));
    private static readonly Lease s_other = new("n2", "other", Sample.Now.AddHours(1));

    /// <summary>An attempt updates the account while its user is deleted.</summary>
    private static Assignment Withdrawn => AssignmentLife.Plan(
        Sample.Applied() with { Status = AssignmentStatus.Pending, Lease = s_first, DueAt = Sample.Now },
        new AssignmentPlan("idp", ResourceType.User, "u1", "ada", "sp", DesiredState.Absent, Sample.Json("""{"userName":"ada"}"""), s_end, null), null, "new", Sample.Now);

    public static TheoryData<AssignmentStatus, string?> Outcomes => new()
    {
        { AssignmentStatus.Done, "t1" },
        { AssignmentStatus.Pending, "t1" },
        { AssignmentStatus.Done, "t2" },
        { AssignmentStatus.Done, null },
    };

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void Should_last_when_the_attempt_under_way_ends(AssignmentStatus status, string? account)
    {
        var effect = AssignmentLife.Settle(Withdrawn, Record(status, account), Sample.Now.AddSeconds(1));
        Assert.Equal((AssignmentStatus.Pending, s_end), (effect.Next.Status, effect.Next.DueAt));
    }

    [Theory]
    [InlineData("t1")]
    [InlineData("t2")]
    public void Should_last_when_an_outcome_comes_late(string account)
    {
        var effect = AssignmentLife.SettleLate(Withdrawn with { Lease = null }, Record(AssignmentStatus.Done, account) with { Acted = true }, Sample.Now.AddSeconds(1));
        Assert.Equal((AssignmentStatus.Pending, s_end), (effect.Next.Status, effect.Next.DueAt));
    }

    [Fact]
    public void Should_last_when_an_account_turns_up()
    {
        var without = Withdrawn with { AccountId = null, Applied = AppliedState.None, Lease = null };
        var found = AssignmentLife.FindLate(without, "t9", null, Sample.Now.AddSeconds(1)).Next;
        Assert.Equal(("t9", AssignmentStatus.Pending, s_end), (found.AccountId, found.Status, found.DueAt));
    }

    [Fact]
    public void Should_last_when_the_host_of_the_attempt_dies()
    {
        var orphaned = AssignmentLife.EndLease(Withdrawn);
        Assert.Same(orphaned, AssignmentLife.Claim(orphaned, s_other, s_end.AddSeconds(-1)));
        Assert.Equal(s_other, AssignmentLife.Claim(orphaned, s_other, s_end).Lease);
    }

    private static AttemptRecord Record(AssignmentStatus status, string? account) => new(
        new Attempt("a1", Sample.Now, TimeSpan.Zero, "update", null, null), s_first.Token, 0, AppliedState.Present, Sample.Json("""{"userName":"ada"}"""), account, false,
        status, null, 0, Sample.Now, null)
    {
        AccountBefore = "t1",
    };
}
