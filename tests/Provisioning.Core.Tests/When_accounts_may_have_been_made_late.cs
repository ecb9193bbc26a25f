using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Connectors;
using Provisioning.Core.Converging;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Targets;

namespace Provisioning.Core.Tests;

/// <summary>Creates at two targets were never answered. Each target is searched at its own speed.</summary>
public sealed class When_accounts_may_have_been_made_late : IConfigurationSource, IConnectorSource, ITargetStore, IPace, IWakeUp
{
    private readonly FakeTimeProvider _time = new(Sample.Now);
    private readonly CreateLedger _ledger = CreateLedger.New();
    private readonly ConcurrentQueue<string> _reserved = new();
    private readonly ConcurrentQueue<string> _woken = new();
    private readonly Dictionary<string, Func<CancellationToken, Task>> _targets = new(StringComparer.Ordinal)
    {
        ["slow"] = _ => Task.CompletedTask,
        ["fast"] = _ => Task.CompletedTask,
    };

    public ProvisioningConfiguration Current { get; } = new("r1", [], 
    [
        Sample.Provider with { Name = "slow" },
        Sample.Provider with { Name = "fast" },
        Sample.Provider with { Name = "paced", Limits = new LimitSettings { RequestsPerSecond = 100 } },
    ]);

    [Fact]
    public async Task Should_not_let_a_target_wait_for_another_one_that_does_not_answer()
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _targets["slow"] = answer.Task.WaitAsync;
        _ledger.Add("slow", 3);
        _ledger.Add("fast", 3);
        var round = Late().LookAsync(None);
        await _ledger.Looked("fast", 3).WaitAsync(TimeSpan.FromMinutes(1), None);
        Assert.False(round.IsCompleted);
        Assert.Equal(0, _ledger.LookedAt["slow"]);
        answer.SetResult();
        await round;
        Assert.Equal(3, _ledger.LookedAt["slow"]);
    }

    [Fact]
    public async Task Should_leave_what_a_slow_target_has_no_time_for_to_the_next_round()
    {
        _targets["slow"] = _ =>
        {
            _time.Advance(TimeSpan.FromSeconds(20));
            return Task.CompletedTask;
        };
        _ledger.Add("slow", 5);
        await Late().LookAsync(None);
        Assert.Equal(2, _ledger.LookedAt["slow"]);
    }

    [Fact]
    public async Task Should_use_all_of_what_is_reserved_of_the_rate_of_a_target()
    {
        _targets["paced"] = _ =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            return Task.CompletedTask;
        };
        _ledger.Add("paced", 40);
        await Late().LookAsync(None);
        Assert.Equal(40, _ledger.LookedAt["paced"]);
        Assert.Equal(["paced x 20", "paced x 20"], _reserved);
    }

    [Fact]
    public async Task Should_ask_a_target_that_fails_once_in_a_round()
    {
        var asked = 0;
        _targets["slow"] = _ => Task.FromException(new ConnectorException(FailureKind.Transient, $"no answer {++asked}"));
        _ledger.Add("slow", 5);
        await Late().LookAsync(None);
        Assert.Equal((1, 0), (asked, _ledger.LookedAt["slow"]));
    }

    [Fact]
    public async Task Should_wake_the_drain_where_an_account_turned_up_at_once()
    {
        _ledger.Finds = true;
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _targets["slow"] = answer.Task.WaitAsync;
        _ledger.Add("slow", 1);
        _ledger.Add("fast", 1);
        var round = Late().LookAsync(None);
        await _ledger.Looked("fast", 1).WaitAsync(TimeSpan.FromMinutes(1), None);
        answer.SetResult();
        await round;
        Assert.Equal(["fast", "slow"], _woken);
    }

    [Fact]
    public async Task Should_look_no_more_at_an_identity_provider_that_is_not_configured()
    {
        _ledger.Add("gone", 2);
        await Late().LookAsync(None);
        Assert.Equal(2, _ledger.LookedAt["gone"]);
    }

    private static CancellationToken None => TestContext.Current.CancellationToken;

    private LateAccounts Late() => new(
        _ledger.Ledger, this, this, new TargetGate(this, this, _time, NullLogger<TargetGate>.Instance), this, this, _time, NullLogger<LateAccounts>.Instance);

    ConnectorHold IConnectorSource.Acquire(IdentityProvider identityProvider) => new(new Finder(_targets[identityProvider.Name]));

    void IConnectorSource.Renew(IdentityProvider identityProvider) => throw new NotSupportedException();

    Task<TargetState?> ITargetStore.FindAsync(string identityProvider, CancellationToken cancellationToken) => Task.FromResult<TargetState?>(null);

    Task<IReadOnlyList<TargetState>> ITargetStore.ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<bool> ITargetStore.SaveAsync(TargetState state, string? actor, CancellationToken cancellationToken) => throw new NotSupportedException();

    ValueTask<TimeSpan> IPace.ReserveAsync(string key, double perSecond, int count, bool ahead, CancellationToken cancellationToken)
    {
        _reserved.Enqueue($"{key} x {count}");
        return ValueTask.FromResult(TimeSpan.Zero);
    }

    void IWakeUp.Wake(string identityProvider) => _woken.Enqueue(identityProvider);

    private sealed class Finder(Func<CancellationToken, Task> answer) : IConnector, IFindAccounts
    {
        public bool NamesAreUnique => false;

        public async Task<IReadOnlyList<MatchedAccount>> FindAsync(ResourceType type, MatchKey key, OperationContext context, CancellationToken cancellationToken)
        {
            await answer(cancellationToken);
            return [new MatchedAccount(new Account("late", []), AccountOwnership.Ours)];
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>A ledger of unanswered creates.</summary>
    public class CreateLedger : DispatchProxy
    {
        private readonly List<UnheardCreate> _due = [];
        private readonly Dictionary<(string Provider, int Count), TaskCompletionSource> _awaited = [];

        internal ILedger Ledger => (ILedger)(object)this;

        internal bool Finds { get; set; }

        internal Dictionary<string, int> LookedAt { get; } = new(StringComparer.Ordinal);

        internal static CreateLedger New() => (CreateLedger)(object)Create<ILedger, CreateLedger>();

        internal void Add(string provider, int count)
        {
            LookedAt[provider] = 0;
            _due.AddRange(Enumerable.Range(0, count).Select(i => new UnheardCreate($"{provider}-{i}", provider, Sample.Now, 0)));
        }

        internal Task Looked(string provider, int count)
        {
            lock (_due)
            {
                var awaited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _awaited[(provider, count)] = awaited;
                if (LookedAt[provider] >= count)
                    awaited.SetResult();
                return awaited.Task;
            }
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            switch (targetMethod!.Name)
            {
                case nameof(ILedger.TakeUnheardCreatesAsync):
                    IReadOnlyList<UnheardCreate> taken = [.. _due.Take((int)args![0]!)];
                    _due.RemoveRange(0, taken.Count);
                    return Task.FromResult(taken);
                case nameof(ILedger.FindAssignmentAsync):
                    return Task.FromResult<Assignment?>(Sample.Assignment() with { Id = (string)args![0]! });
                case nameof(ILedger.FoundLateAsync):
                    return Task.FromResult(Finds);
                case nameof(ILedger.LookedAsync):
                    Note((UnheardCreate)args![0]!);
                    return Task.CompletedTask;
                default:
                    throw new NotSupportedException(targetMethod.Name);
            }
        }

        private void Note(UnheardCreate create)
        {
            lock (_due)
            {
                var count = ++LookedAt[create.IdentityProvider];
                if (_awaited.TryGetValue((create.IdentityProvider, count), out var awaited))
                    awaited.TrySetResult();
            }
        }
    }
}
