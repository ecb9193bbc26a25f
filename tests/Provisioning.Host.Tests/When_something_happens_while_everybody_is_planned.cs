using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;
using Provisioning.Host.Replanning;
using Provisioning.Storage;

namespace Provisioning.Host.Tests;

/// <summary>A replan takes minutes where there are many users: what changes and what is decided meanwhile must not get lost, and not pass the guard.</summary>
public sealed class When_something_happens_while_everybody_is_planned : IAsyncLifetime
{
    private const int Users = 300;
    private const string Names = "\"userName\": \"user.userName\"";

    private readonly string _folder = Directory.CreateTempSubdirectory("replan-db-").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero));
    private ProvisioningStorage _storage = null!;

    private static CancellationToken None => CancellationToken.None;

    public async ValueTask InitializeAsync()
    {
        _storage = await ProvisioningStorage.OpenSqliteAsync(Path.Combine(_folder, "provisioning.db"), _time, None);
        for (var i = 0; i < Users; i++)
        {
            var user = new User($"u{i:000}", $"user{i}", new JsonObject { ["userName"] = $"user{i}" }, ["portal"], 1, _time.GetUtcNow(), _time.GetUtcNow());
            await _storage.Ledger.CommitUserAsync(user, WriteKind.Insert, [], None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Should_count_again_what_a_further_change_takes_away()
    {
        await using var host = await WithAccountsAsync();
        host.Ledger.AtLook[Users + 150] = host.Unbind;
        host.Configure(Names + ", \"locale\": \"'en'\"");
        await host.Replanner.RunIfChangedAsync(None);
        await host.Replanner.RunIfChangedAsync(None);
        Assert.Equal((Users, HeldPlanState.Held), ((int)host.Held.At("target")!.Lost, host.Held.At("target")!.State));
        Assert.Equal(0, await LostAsync());
    }

    [Fact]
    public async Task Should_carry_out_all_of_a_plan_that_is_approved_meanwhile()
    {
        await using var host = await WithAccountsAsync();
        await using var other = new ReplanRig(_storage, _time, Names);
        host.Ledger.AtLook[Users + 150] = () => ApproveAsync(other).GetAwaiter().GetResult();
        host.Unbind();
        await host.Replanner.RunIfChangedAsync(None);
        await host.Replanner.RunIfChangedAsync(None);
        Assert.Equal(Users, await LostAsync());
        Assert.Null(host.Held.At("target"));
    }

    [Fact]
    public async Task Should_carry_out_all_of_it_also_after_a_crash()
    {
        await using var host = await WithAccountsAsync();
        host.Ledger.AtLook[Users + 150] = () =>
        {
            ApproveAsync(host).GetAwaiter().GetResult();
            new ReplanProgress(host.Held.At("target")!.Revision, "u100").SaveAsync(_storage.Settings, None).GetAwaiter().GetResult();
            throw new IOException("the host is gone");
        };
        host.Unbind();
        await Assert.ThrowsAnyAsync<Exception>(() => host.Replanner.RunIfChangedAsync(None));
        host.Ledger.Reset();
        host.Ledger.AtLook.Clear();
        await host.Replanner.RunIfChangedAsync(None);
        Assert.Equal(Users, await LostAsync());
    }

    private static async Task ApproveAsync(ReplanRig at)
    {
        await at.Held.RefreshAsync(None);
        var plan = at.Held.At("target")!;
        await at.Held.PutAsync(plan with { State = HeldPlanState.Approved }, None);
        await at.Replanner.ForgetAsync(plan.Revision, None);
    }

    private async Task<ReplanRig> WithAccountsAsync()
    {
        var host = new ReplanRig(_storage, _time, Names);
        await host.Replanner.RunIfChangedAsync(None);
        foreach (var one in await _storage.Ledger.ClaimAsync("target", Users, new Lease("setup", _time.GetUtcNow().AddMinutes(1)), _time.GetUtcNow(), None))
        {
            var attempt = new Attempt(one.Id, _time.GetUtcNow(), TimeSpan.Zero, "create", null, null);
            var record = new AttemptRecord(
                attempt, "setup", one.DesiredRevision, AppliedState.Present, one.DesiredAttributes, $"t-{one.ResourceId}", false, AssignmentStatus.Done, 0, _time.GetUtcNow(), null);
            Assert.True(await _storage.Ledger.RecordAsync(record, None));
        }

        host.Ledger.Reset();
        return host;
    }

    private async Task<int> LostAsync() =>
        (await _storage.Ledger.ListAssignmentsAsync(new AssignmentQuery(Max: Users), None)).Count(x => x.Desired != DesiredState.Present);
}
