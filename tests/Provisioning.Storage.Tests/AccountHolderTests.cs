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

/// <summary>Several users want one account at the same moment, worked on by two hosts where the database can be shared.</summary>
public abstract class AccountHolderTests(Backend backend) : Fixture(backend), IConfigurationSource, IConnectorSource
{
    private readonly IdentityProvider _settings = new() { Name = "ldap", Connector = "shared", Existing = ExistingAccounts.Adopt, MatchBeforeCreate = true };

    private SharedAccountTarget _target = null!;

    public sealed class On_SQLite() : AccountHolderTests(Backend.SQLite)
    {
        protected override Task<ProvisioningStorage> SecondAsync() => Task.FromResult(Storage);
    }

    public sealed class On_PostgreSQL() : AccountHolderTests(Backend.PostgreSQL)
    {
        protected override Task<ProvisioningStorage> SecondAsync() => OpenAsync();
    }

    public ProvisioningConfiguration Current => new("r1", [], [_settings]);

    public ConnectorHold Acquire(IdentityProvider identityProvider) => new(_target);

    public void Renew(IdentityProvider identityProvider)
    {
    }

    protected abstract Task<ProvisioningStorage> SecondAsync();

    [Fact]
    public async Task When_users_adopt_one_account_at_the_same_moment_Should_be_that_of_one_and_never_touched_for_the_others()
    {
        const int all = 6;
        var second = await SecondAsync();
        var (searched, changed, ended) = (new Meeting(all), new Meeting(all), new TaskCompletionSource());
        _target = new SharedAccountTarget { Found = searched.ComeAsync, Changed = () => Task.WhenAny(changed.ComeAsync(), ended.Task) };
        var claimed = new List<Assignment>();
        for (var i = 0; i < all; i++)
            claimed.Add(await PlanAsync(UserPlan($"u{i}") with { ClaimFor = Lease("host/w") }));

        var failures = await Task.WhenAll(claimed.Select((x, i) => Task.Run(async () =>
        {
            var failure = (await Worker(i % 2 == 0 ? Storage : second).RunAsync(x, _settings, ahead: false)).Failure;
            ended.TrySetResult();
            return failure;
        })));

        var after = await Task.WhenAll(claimed.Select(x => GetAsync(x.Id)));
        var winner = Assert.Single(after, x => x.AccountId == SharedAccountTarget.AccountId);
        Assert.Equal((AssignmentStatus.Done, winner.ResourceName), (winner.Status, _target.Attributes["userName"]!.ToString()));
        Assert.Equal([winner.ResourceName], _target.Writers);
        foreach (var (loser, failure) in after.Zip(failures).Where(x => x.First != winner))
            AssertCameSecond(loser, failure, winner);
        if (second != Storage)
            await second.DisposeAsync();
    }

    [Fact]
    public async Task When_an_account_is_adopted_before_its_maker_hears_of_it_Should_stay_that_of_who_adopted_it()
    {
        var (made, adopted) = (new TaskCompletionSource(), new TaskCompletionSource());
        _target = new SharedAccountTarget
        {
            Created = () =>
            {
                made.SetResult();
                return adopted.Task;
            },
        };
        var maker = await PlanAsync(UserPlan("maker") with { ClaimFor = Lease("host/w") });
        var other = await PlanAsync(UserPlan("other") with { ClaimFor = Lease("host/w") });

        var making = Task.Run(() => Worker(Storage).RunAsync(maker, _settings with { MatchBeforeCreate = false }, ahead: false));
        await made.Task;
        Assert.Null((await Worker(Storage).RunAsync(other, _settings, ahead: false)).Failure);
        adopted.SetResult();

        var failure = (await making).Failure;
        AssertCameSecond(await GetAsync(maker.Id), failure, await GetAsync(other.Id));
        Assert.Equal(SharedAccountTarget.AccountId, (await GetAsync(other.Id)).AccountId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_an_account_is_adopted_Should_be_linked_ahead_of_others_only_for_a_caller_who_waits(bool waits)
    {
        _target = new SharedAccountTarget();
        var claimed = await PlanAsync(UserPlan("u1") with { ClaimFor = Lease("host/w") });
        var ledger = NotedLinks.Around(Ledger);
        Assert.Null((await Worker(Storage, (ILedger)(object)ledger).RunAsync(claimed, _settings, waits)).Failure);
        Assert.Equal(waits, Assert.Single(ledger.Awaited));
    }

    private static void AssertCameSecond(Assignment loser, Failure? failure, Assignment winner)
    {
        var reason = $"account '{SharedAccountTarget.AccountId}' is that of '{winner.ResourceName}' already";
        Assert.Equal((FailureKind.Rejected, reason), failure is null ? default : (failure.Kind, failure.Message));
        Assert.Equal(
            (AssignmentStatus.Parked, FailureKind.Rejected, reason, null, AppliedState.None, false, null),
            (loser.Status, loser.LastFailure, loser.LastError, loser.AccountId, loser.Applied, loser.Uncertain, loser.Lease?.Token));
    }

    private static AssignmentPlan UserPlan(string user) =>
        Plan(user) with { DesiredAttributes = new JsonObject { ["userName"] = user } };

    private AssignmentWorker Worker(ProvisioningStorage storage, ILedger? ledger = null) => new(
        ledger ?? storage.Ledger, this, new TargetGate(storage.Targets, this, Time, NullLogger<TargetGate>.Instance), storage.Pace, new NodeHealth(Time), new AttemptsUnderWay(), Time, NullLogger<AssignmentWorker>.Instance);

    /// <summary>All wait until all have come.</summary>
    private sealed class Meeting(int all)
    {
        private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _here;

        public Task ComeAsync()
        {
            if (Interlocked.Increment(ref _here) == all)
                _complete.SetResult();
            return _complete.Task;
        }
    }
}
