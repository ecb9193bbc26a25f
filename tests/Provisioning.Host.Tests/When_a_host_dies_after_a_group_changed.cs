using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Provisioning.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;
using Provisioning.Storage;

namespace Provisioning.Host.Tests;

/// <summary>The group is stored, and its members are to be decided about after it.</summary>
public sealed class When_a_host_dies_after_a_group_changed : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("regroup-db-").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero));
    private ProvisioningStorage _storage = null!;

    private static CancellationToken None => CancellationToken.None;

    public async ValueTask InitializeAsync() =>
        _storage = await ProvisioningStorage.OpenSqliteAsync(Path.Combine(_folder, "provisioning.db"), _time, None);

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Should_decide_about_its_members_at_the_next_sweep()
    {
        var now = _time.GetUtcNow();
        await _storage.Ledger.CommitUserAsync(new User("u1", "ada", new JsonObject { ["userName"] = "ada" }, ["portal"], 1, now, now), WriteKind.Insert, [], None);
        await using var host = new ReplanRig(_storage, _time, "\"userName\": \"user.userName\"");
        host.Ledger.FailAfter = 0;
        var group = new Group("g1", "staff", [], ["u1"], ["portal"], 1, now, now);
        await Assert.ThrowsAsync<IOException>(() => host.Groups.SubmitAsync(group, WriteKind.Insert, None));
        host.Ledger.FailAfter = null;

        // Whoever got no answer says the same again, and by then nobody joins.
        await host.Groups.SubmitAsync(group with { Version = 2 }, WriteKind.Update, None);
        Assert.Empty(await _storage.Ledger.AssignmentsOfAsync(ResourceType.User, "u1", None));

        await host.Groups.ReplanRegroupedAsync(None);
        Assert.Single(await _storage.Ledger.AssignmentsOfAsync(ResourceType.User, "u1", None));
        Assert.Empty(await _storage.Users.ListRegroupedAsync(null, 10, None));
    }
}
