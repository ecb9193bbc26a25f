using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Provisioning.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Users;
using Provisioning.Storage;
using Provisioning.Testing;

namespace Provisioning.Host.Tests;

public sealed class When_the_answer_to_a_commit_is_lost : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lost-").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Should_leave_no_lease_that_keeps_others_from_the_account()
    {
        await using var storage = await ProvisioningStorage.OpenSqliteAsync(Path.Combine(_folder, "provisioning.db"), _time, CancellationToken.None);
        await using var rig = new ReplanRig(storage, _time, "\"userName\": \"user.userName\"", blocking: true);
        rig.Ledger.LosesAnswers = true;
        var ada = People.Known("u1", "ada", new JsonObject { ["userName"] = "ada" }, _time.GetUtcNow());
        await Assert.ThrowsAsync<IOException>(() => rig.Pipeline.SubmitAsync(ada, WriteKind.Insert, new Occasion(Trigger.Inbound), CancellationToken.None));

        Assignment one;
        do
            one = Assert.Single(await storage.Ledger.AssignmentsOfAsync(ResourceType.User, "u1", CancellationToken.None));
        while (one.Lease is not null);
        Assert.Equal((AssignmentStatus.Pending, false), (one.Status, one.Uncertain));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
