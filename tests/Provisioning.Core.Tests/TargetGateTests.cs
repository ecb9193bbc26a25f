using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Connectors;
using Provisioning.Core.Converging;
using Provisioning.Core.Targets;

namespace Provisioning.Core.Tests;

public sealed class TargetGateTests
{
    private static readonly IdentityProvider Provider = Sample.Provider with { Retry = new RetrySettings { BreakAfter = 3 } };

    private readonly FakeTimeProvider _time = new(Sample.Now);
    private readonly MemoryTargets _store = new();
    private readonly TestedConnector _connector = new();

    [Fact]
    public async Task When_it_fails_too_often_in_a_row_Should_be_left_alone_and_then_probed()
    {
        var gate = Gate();
        await FailAsync(gate, FailureKind.Transient, 2);
        await gate.ReportAsync(Provider, null, _time.GetUtcNow(), 0, None);
        await FailAsync(gate, FailureKind.Ambiguous, 2);
        Assert.True((await AdmitAsync(gate)).IsOpen);
        await FailAsync(gate, FailureKind.Transient, 1);
        Assert.Equal((false, TargetCondition.Failing), (await AdmitAsync(gate)) is var closed ? (closed.IsOpen, closed.Condition) : default);

        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True((await AdmitAsync(gate)).IsOpen);
        await FailAsync(gate, FailureKind.Transient, 1);
        Assert.Equal((2, false), (_store.State!.Times, (await AdmitAsync(gate)).IsOpen));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True((await AdmitAsync(gate)).IsOpen);
        Assert.Equal(1, gate.Allowance(Provider));
        await gate.ReportAsync(Provider, null, _time.GetUtcNow(), 0, None);
        Assert.Equal(TargetCondition.Open, _store.State!.Condition);
    }

    [Fact]
    public async Task When_it_is_well_again_Should_start_slowly()
    {
        var gate = Gate();
        await FailAsync(gate, FailureKind.Transient, 3);
        _time.Advance(TimeSpan.FromSeconds(5));
        await AdmitAsync(gate);
        var allowances = new List<int>();
        for (var i = 0; i < 16; i++)
        {
            allowances.Add(gate.Allowance(Provider));
            await gate.ReportAsync(Provider, null, _time.GetUtcNow(), 0, None);
        }

        Assert.Equal([1, 2, 2, 4, 4, 4, 4, 8, 8, 8, 8, 8, 8, 8, 8, 8], allowances);
    }

    [Fact]
    public async Task When_credentials_are_refused_Should_renew_them_once_and_then_pause_with_one_alert()
    {
        var gate = Gate();
        var began = _time.GetUtcNow();
        _connector.Problem = "refused";
        await FailAsync(gate, FailureKind.Unauthorized, 1);
        Assert.Equal((1, true), (_connector.Renewals, (await AdmitAsync(gate)).IsOpen));

        // Those that began with the old credentials prove nothing.
        _time.Advance(TimeSpan.FromSeconds(1));
        await gate.ReportAsync(Provider, new Failure(FailureKind.Unauthorized, "x"), began.AddTicks(-1), 0, None);
        Assert.True((await AdmitAsync(gate)).IsOpen);
        await FailAsync(gate, FailureKind.Unauthorized, 3);
        Assert.Equal((1, false), (_store.Alerts, (await AdmitAsync(gate)).IsOpen));

        _time.Advance(TimeSpan.FromMinutes(1));
        _connector.Problem = "still refused";
        Assert.False((await AdmitAsync(gate)).IsOpen);
        Assert.Equal((1, TargetCondition.Unauthorized), (_store.Alerts, _store.State!.Condition));
        _time.Advance(TimeSpan.FromMinutes(2));
        _connector.Problem = null;
        Assert.True((await AdmitAsync(gate)).IsOpen);
        Assert.Equal(3, _connector.Renewals);
    }

    [Fact]
    public async Task When_permission_is_refused_and_a_test_succeeds_Should_be_the_fault_of_the_account()
    {
        var gate = Gate();
        await FailAsync(gate, FailureKind.Unauthorized, 1);
        _time.Advance(TimeSpan.FromSeconds(1));
        var first = await gate.ReportAsync(Provider, new Failure(FailureKind.Unauthorized, "not this one"), _time.GetUtcNow(), 0, None);
        Assert.Equal(FailureKind.Transient, first!.Kind);
        var judged = await gate.ReportAsync(Provider, new Failure(FailureKind.Unauthorized, "not this one"), _time.GetUtcNow(), 3, None);
        Assert.Equal(FailureKind.Rejected, judged!.Kind);
        Assert.Contains("not this one", judged.Message, StringComparison.Ordinal);
        Assert.Equal((0, true), (_store.Alerts, (await AdmitAsync(gate)).IsOpen));
    }

    [Fact]
    public async Task When_accounts_wait_for_each_other_Should_not_be_taken_for_failing()
    {
        var gate = Gate();
        for (var i = 0; i < 20; i++)
            await gate.ReportAsync(Provider, new Failure(FailureKind.Transient, "the name is given up") { IsWait = true }, _time.GetUtcNow(), 0, None);
        Assert.True((await AdmitAsync(gate)).IsOpen);
    }

    [Fact]
    public async Task When_one_account_is_refused_among_others_that_succeed_Should_renew_once_and_judge_it()
    {
        var gate = Gate();
        var kinds = new List<FailureKind?>();
        for (var i = 0; i < 5; i++)
        {
            var judged = await gate.ReportAsync(Provider, new Failure(FailureKind.Unauthorized, "not this one"), _time.GetUtcNow(), i, None);
            kinds.Add(judged?.Kind);
            await gate.ReportAsync(Provider, null, _time.GetUtcNow(), 0, None);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([FailureKind.Unauthorized, FailureKind.Transient, FailureKind.Transient, FailureKind.Rejected, FailureKind.Rejected], kinds);
        Assert.Equal(1, _connector.Renewals);
    }

    [Fact]
    public async Task When_the_database_of_the_host_fails_Should_not_blame_the_target()
    {
        var gate = Gate();
        for (var i = 0; i < 20; i++)
            await gate.ReportAsync(Provider, new Failure(FailureKind.Transient, "the database did not answer") { IsOurs = true }, _time.GetUtcNow(), 0, None);
        Assert.True((await AdmitAsync(gate)).IsOpen);
    }

    [Fact]
    public async Task When_it_is_misconfigured_Should_wait_until_its_settings_change_or_a_test_succeeds()
    {
        var gate = Gate();
        _connector.Problem = "wrong address";
        var judged = await gate.ReportAsync(Provider, new Failure(FailureKind.Misconfigured, "wrong address"), _time.GetUtcNow(), 0, None);
        Assert.Equal((FailureKind.Misconfigured, TargetCondition.Misconfigured), (judged!.Kind, _store.State!.Condition));
        Assert.False((await AdmitAsync(gate)).IsOpen);

        _connector.Problem = null;
        await gate.ReconsiderAsync([Provider.Name], None);
        Assert.True((await AdmitAsync(gate)).IsOpen);
        await gate.ReportAsync(Provider, null, _time.GetUtcNow(), 0, None);
        Assert.Equal(TargetCondition.Open, _store.State!.Condition);
    }

    [Fact]
    public async Task When_it_is_misconfigured_for_long_Should_look_once_a_minute_at_least()
    {
        var gate = Gate();
        _connector.Problem = "broken file";
        for (var i = 0; i < 20; i++)
        {
            await gate.ReportAsync(Provider, new Failure(FailureKind.Misconfigured, "broken file"), _time.GetUtcNow(), 0, None);
            Assert.InRange(_store.State!.Until!.Value - _time.GetUtcNow(), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
            _time.SetUtcNow(_store.State.Until.Value);
        }
    }

    [Fact]
    public async Task When_one_host_closes_it_Should_be_closed_for_the_others()
    {
        var (one, other) = (Gate(), Gate());
        Assert.True((await other.AdmitAsync(Provider, recheck: false, None)).IsOpen);
        await one.ReportAsync(Provider, new Failure(FailureKind.Throttled, "x", TimeSpan.FromSeconds(30)), _time.GetUtcNow(), 0, None);
        Assert.False((await other.AdmitAsync(Provider, recheck: true, None)).IsOpen);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.False((await other.AdmitAsync(Provider, recheck: false, None)).IsOpen);
    }

    [Fact]
    public async Task When_it_is_in_maintenance_Should_be_left_alone_until_the_end()
    {
        var window = new MaintenanceWindow { From = "03:00", To = "04:00" };
        var admission = await Gate().AdmitAsync(Provider with { Maintenance = [window] }, recheck: true, None);
        Assert.Equal((false, new DateTimeOffset(2026, 1, 2, 4, 0, 0, TimeSpan.Zero)), (admission.IsOpen, admission.Until));
    }

    private static CancellationToken None => CancellationToken.None;

    private TargetGate Gate() => new(_store, _connector, _time, NullLogger<TargetGate>.Instance);

    private static async Task<Admission> AdmitAsync(TargetGate gate) => await gate.AdmitDrainAsync(Provider, recheck: true, None);

    private async Task FailAsync(TargetGate gate, FailureKind kind, int times)
    {
        for (var i = 0; i < times; i++)
            await gate.ReportAsync(Provider, new Failure(kind, "x"), _time.GetUtcNow(), 0, None);
    }

    private sealed class MemoryTargets : ITargetStore
    {
        public TargetState? State { get; private set; }

        public int Alerts { get; private set; }

        public Task<TargetState?> FindAsync(string identityProvider, CancellationToken cancellationToken) => Task.FromResult(State);

        public Task<IReadOnlyList<TargetState>> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> SaveAsync(TargetState state, string? actor, CancellationToken cancellationToken)
        {
            var changed = State?.Condition != state.Condition;
            State = state;
            Alerts += changed && state.Condition == TargetCondition.Unauthorized ? 1 : 0;
            return Task.FromResult(changed);
        }
    }

    private sealed class TestedConnector : IConnectorSource, IConnector, ITestConnection
    {
        public string? Problem { get; set; }

        public int Renewals { get; private set; }

        public bool NamesAreUnique => true;

        public ConnectorHold Acquire(IdentityProvider identityProvider) => new(this);

        public void Renew(IdentityProvider identityProvider) => Renewals++;

        public Task<string?> TestAsync(OperationContext context, CancellationToken cancellationToken) => Task.FromResult(Problem);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
