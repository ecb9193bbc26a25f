using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Connectors;
using Provisioning.Core.Converging;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Targets;

namespace Provisioning.Storage.Tests;

/// <summary>Several callers, and a drain, want the same account at the same moment, on one host.</summary>
public abstract class When_callers_overlap(Backend backend) : Fixture(backend), IConfigurationSource, IConnectorSource, IWakeUp
{
    private readonly IdentityProvider _settings = new() { Name = "ldap", Connector = "gated" };
    private readonly Binding _binding = new() { IdentityProvider = "ldap", Blocking = true, BlockingTimeout = TimeSpan.FromHours(1) };
    private readonly GatedTarget _target = new();
    private readonly NodeIdentity _node = NodeIdentity.New();
    private readonly AttemptsUnderWay _underWay = new();

    public sealed class On_SQLite() : When_callers_overlap(Backend.SQLite);

    public sealed class On_PostgreSQL() : When_callers_overlap(Backend.PostgreSQL);

    public ProvisioningConfiguration Current => new("r1", [], [_settings]);

    public ConnectorHold Acquire(IdentityProvider identityProvider) => new(_target);

    public void Renew(IdentityProvider identityProvider)
    {
    }

    public void Wake(string identityProvider)
    {
    }

    [Fact]
    public async Task Should_make_one_attempt_and_answer_all_with_its_outcome()
    {
        var callers = new List<Task<AssignmentOutcome>> { await CallAsync(UserPlan("ada")) };
        await _target.Asked;
        for (var i = 0; i < 3; i++)
            callers.Add(await CallAsync(UserPlan("ada")));
        _target.Release();
        foreach (var outcome in await PassingTimeAsync(callers))
            Assert.Equal((AssignmentStatus.Done, null, false), (outcome.Assignment.Status, outcome.Failure, outcome.TimedOut));
        Assert.Equal((1, 1), (_target.Creates, _target.MostAtOnce));
    }

    [Fact]
    public async Task Should_wait_for_the_attempt_of_a_drain()
    {
        await PlanAsync(UserPlan("ada"));
        var claimed = Assert.Single(await Ledger.ClaimAsync("ldap", 10, _node.NewLease(Time.GetUtcNow().AddHours(1)), Time.GetUtcNow(), None));
        var drain = Task.Run(() => Worker().RunAsync(claimed, _settings, ahead: false));
        await _target.Asked;
        var caller = await CallAsync(UserPlan("ada"));
        _target.Release();
        Assert.Equal((AssignmentStatus.Done, null), (await PassingTimeAsync([caller]))[0] is var outcome ? (outcome.Assignment.Status, outcome.Failure) : default);
        Assert.Null((await drain).Failure);
        Assert.Equal((1, 1), (_target.Creates, _target.MostAtOnce));
    }

    [Fact]
    public async Task Should_delete_after_a_create_that_is_under_way()
    {
        var creating = await CallAsync(UserPlan("ada"));
        await _target.Asked;
        var deleting = await CallAsync(UserPlan("ada") with { Desired = DesiredState.Absent });
        Assert.False(deleting.IsCompleted);
        _target.Release();
        var outcome = (await PassingTimeAsync([creating, deleting]))[1];
        Assert.Equal((AssignmentStatus.Done, AppliedState.Absent, null), (outcome.Assignment.Status, outcome.Assignment.Applied, outcome.Failure));
        Assert.Equal((1, 1, 1), (_target.Creates, _target.Deletes, _target.MostAtOnce));
    }

    [Fact]
    public async Task Should_answer_the_first_when_the_last_wish_is_fulfilled()
    {
        var first = await CallAsync(UserPlan("ada"));
        await _target.Asked;
        var second = await CallAsync(UserPlan("ada") with { DesiredAttributes = new JsonObject { ["userName"] = "ada", ["title"] = "b" } });
        _target.Release();
        foreach (var outcome in await PassingTimeAsync([first, second]))
            Assert.Equal((AssignmentStatus.Done, "b"), (outcome.Assignment.Status, outcome.Assignment.AppliedAttributes?["title"]?.ToString()));
        Assert.Equal((1, 1), (_target.Creates, _target.MostAtOnce));
    }

    [Fact]
    public async Task Should_leave_no_lease_behind_when_the_time_of_a_caller_is_over()
    {
        var first = await CallAsync(UserPlan("ada"));
        await _target.Asked;
        var second = await CallAsync(UserPlan("ada") with { DesiredAttributes = new JsonObject { ["userName"] = "ada", ["title"] = "b" } });
        Assert.All(await PassingTimeAsync([first, second], TimeSpan.FromMinutes(10)), x => Assert.True(x.TimedOut));
        _target.Release();
        Assignment after;
        do
            after = Assert.Single(await Ledger.AssignmentsOfAsync(ResourceType.User, "ada", None));
        while (after.Lease is not null);
        Assert.Equal((AssignmentStatus.Pending, "acc1"), (after.Status, after.AccountId));
    }

    [Fact]
    public async Task Should_give_the_lease_back_when_the_state_of_the_target_cannot_be_read()
    {
        var blocking = Blocking(Ledger, new TargetGate(new AwayTargets(), this, Time, NullLogger<TargetGate>.Instance));
        var lease = blocking.NewLease(_binding);
        var committed = await PlanAsync(UserPlan("ada") with { ClaimFor = lease });
        await Assert.ThrowsAsync<IOException>(() => blocking.ConvergeAsync(committed, lease, _settings, _binding));
        await UntilFreeAsync();
    }

    [Fact]
    public async Task Should_give_a_lease_back_when_nobody_hears_that_it_was_taken()
    {
        var committed = await PlanAsync(UserPlan("ada"));
        var blocking = Blocking(DeafLedger.Around(Ledger, nameof(ILedger.ClaimAsync)), Gate());
        await Assert.ThrowsAsync<IOException>(() => blocking.ConvergeAsync(committed, null, _settings, _binding));
        await UntilFreeAsync();
    }

    [Fact]
    public async Task Should_leave_no_lease_behind_when_a_drain_does_not_hear_what_it_claimed()
    {
        await PlanAsync(UserPlan("ada"));
        var drain = new IdentityProviderDrain(
            DeafLedger.Around(Ledger, nameof(ILedger.ClaimAsync)), this, Worker(), Gate(), _node, new NodeHealth(Time), Time, NullLogger<IdentityProviderDrain>.Instance);
        await Assert.ThrowsAsync<IOException>(() => drain.RunAsync("ldap", None));
        await UntilFreeAsync();
    }

    private async Task UntilFreeAsync()
    {
        Assignment one;
        do
            one = Assert.Single(await Ledger.AssignmentsOfAsync(ResourceType.User, "ada", None));
        while (one.Lease is not null);
        Assert.Equal((AssignmentStatus.Pending, false), (one.Status, one.Uncertain));
    }

    // A caller looks again after a while where it cannot hear of the end of an attempt.
    private async Task<AssignmentOutcome[]> PassingTimeAsync(IReadOnlyCollection<Task<AssignmentOutcome>> callers, TimeSpan? step = null)
    {
        var all = Task.WhenAll(callers);
        while (await Task.WhenAny(all, Task.Delay(5)) != all)
            Time.Advance(step ?? TimeSpan.FromMilliseconds(100));
        return await all;
    }

    private async Task<Task<AssignmentOutcome>> CallAsync(AssignmentPlan plan)
    {
        var blocking = Blocking(Ledger, Gate());
        var lease = blocking.NewLease(_binding);
        var committed = await PlanAsync(plan with { ClaimFor = lease });
        return Task.Run(() => blocking.ConvergeAsync(committed, lease, _settings, _binding));
    }

    private BlockingConverger Blocking(ILedger ledger, TargetGate gate) => new(Worker(), ledger, gate, _underWay, _node, new NodeHealth(Time), this, Time);

    private TargetGate Gate() => new(Storage.Targets, this, Time, NullLogger<TargetGate>.Instance);

    private AssignmentWorker Worker() =>
        new(Ledger, this, Gate(), Storage.Pace, new NodeHealth(Time), _underWay, Time, NullLogger<AssignmentWorker>.Instance);

    private static AssignmentPlan UserPlan(string user) => Plan(user) with { DesiredAttributes = new JsonObject { ["userName"] = user } };

    private sealed class AwayTargets : ITargetStore
    {
        public Task<TargetState?> FindAsync(string identityProvider, CancellationToken cancellationToken) => throw new IOException("the database is away");

        public Task<IReadOnlyList<TargetState>> ListAsync(CancellationToken cancellationToken) => throw new IOException("the database is away");

        public Task<bool> SaveAsync(TargetState state, string? actor, CancellationToken cancellationToken) => throw new IOException("the database is away");
    }

    /// <summary>The first create waits until the test lets it go.</summary>
    private sealed class GatedTarget : IConnector, IFindAccounts, ICreateAccounts, IUpdateAccounts, IDisableAccounts, IDeleteAccounts
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _creates;
        private int _deletes;
        private int _now;
        private int _most;

        public Task Asked => _asked.Task;

        public int Creates => _creates;

        public int Deletes => _deletes;

        public int MostAtOnce => _most;

        public bool NamesAreUnique => true;

        public void Release() => _released.SetResult();

        public Task<IReadOnlyList<MatchedAccount>> FindAsync(ResourceType type, MatchKey key, OperationContext context, CancellationToken cancellationToken) =>
            RunAsync<IReadOnlyList<MatchedAccount>>(() => []);

        public async Task<Account> CreateAsync(NewAccount account, OperationContext context, CancellationToken cancellationToken)
        {
            var number = Interlocked.Increment(ref _creates);
            return await RunAsync(() => new Account($"acc{number}", account.Attributes));
        }

        public Task<Account?> UpdateAsync(string accountId, AccountDelta delta, OperationContext context, CancellationToken cancellationToken) => RunAsync<Account?>(() => null);

        public Task SetEnabledAsync(string accountId, bool enabled, OperationContext context, CancellationToken cancellationToken) => RunAsync(() => 0);

        public Task DeleteAsync(string accountId, OperationContext context, CancellationToken cancellationToken) => RunAsync(() => Interlocked.Increment(ref _deletes));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private async Task<T> RunAsync<T>(Func<T> answer)
        {
            _most = Math.Max(_most, Interlocked.Increment(ref _now));
            _asked.TrySetResult();
            await _released.Task;
            Interlocked.Decrement(ref _now);
            return answer();
        }
    }
}
