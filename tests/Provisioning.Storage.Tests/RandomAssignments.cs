using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage.Tests;

/// <summary>Assignments in every combination of states, the same for the same seed.</summary>
internal sealed class RandomAssignments(int seed, DateTimeOffset now)
{
    private readonly Random _random = new(seed);

    public IReadOnlyList<Assignment> Make(int count) => [.. Enumerable.Range(0, count).Select(One)];

    private Assignment One(int number)
    {
        var status = Any(Enum.GetValues<AssignmentStatus>());
        var detachedFrom = status == AssignmentStatus.Detached && Maybe() ? Any(AssignmentStatus.Pending, AssignmentStatus.Done, AssignmentStatus.Parked, AssignmentStatus.Discarded) : (AssignmentStatus?)null;
        return new Assignment
        {
            Id = $"a{number:0000}",
            IdentityProvider = Any("ldap", "hr"),
            ResourceType = Any(ResourceType.User, ResourceType.Group),
            ResourceId = $"r{number:0000}",
            ResourceName = $"R{number}",
            ServiceProvider = "portal",
            Desired = Any(Enum.GetValues<DesiredState>()),
            DesiredAttributes = Maybe() ? new JsonObject { ["name"] = $"n{number}" } : null,
            DesiredRevision = _random.Next(1, 9),
            Applied = Any(Enum.GetValues<AppliedState>()),
            AppliedAttributes = Maybe() ? new JsonObject { ["name"] = "old" } : null,
            AccountId = Maybe() ? $"acc{number}" : null,
            Uncertain = Maybe(),
            Status = status,
            Attempts = _random.Next(0, 3),
            DueAt = now.AddMinutes(_random.Next(-5, 6)),
            FirstFailedAt = Maybe() ? now.AddHours(-1) : null,
            LastFailure = Maybe() ? Any(Enum.GetValues<FailureKind>()) : null,
            LastError = Maybe() ? "no route" : null,
            Parked = Maybe() ? Any(Enum.GetValues<ParkedBecause>()) : null,
            DiscardReason = Maybe() ? "enough" : null,
            DetachedFrom = detachedFrom,
            Lease = Maybe() ? new Lease(Any("one", "two"), $"t{number}", now.AddMinutes(_random.Next(-2, 3))) : null,
            Assigned = Any<bool?>(true, false, null),
            Decision = "{}",
            Modified = now.AddDays(-1),
        };
    }

    private bool Maybe() => _random.Next(2) == 0;

    private T Any<T>(params T[] values) => values[_random.Next(values.Length)];
}
