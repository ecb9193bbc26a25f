using Provisioning.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Host.Api;
using Provisioning.Host.Configuration;
using Provisioning.Scim;

namespace Provisioning.Host.Admin;

/// <summary>Which parked assignments are meant, as query parameters.</summary>
/// <param name="Alike">With an id: all with the same cause at the same identity provider.</param>
/// <param name="Kind">A kind of failure.</param>
/// <param name="Text">Part of the cause.</param>
/// <param name="OlderThan">Failing for at least so long, ISO 8601.</param>
internal sealed record ParkedSelection(string? Id, bool? Alike, string? IdentityProvider, string? Kind, string? Text, string? OlderThan)
{
    /// <exception cref="RequestException">A parameter is malformed.</exception>
    public AssignmentQuery Query(TimeProvider time) => new(Id, IdentityProvider)
    {
        Failure = Failure(),
        Error = Text,
        FailingSince = Since(time.GetUtcNow()),
    };

    /// <summary>What to look for, and the cause that all must have; null if there is no assignment with the id.</summary>
    /// <exception cref="RequestException">A parameter is malformed.</exception>
    public async Task<(AssignmentQuery Query, string? Cause)?> ResolveAsync(ILedger ledger, TimeProvider time, CancellationToken cancellationToken)
    {
        var query = Query(time);
        if (Id is null)
            return (query, null);
        if (await AssignmentIds.FindAsync(ledger, Id, cancellationToken) is not { } one)
            return null;
        return Alike == true ? ParkedWork.Alike(one) : (query with { Id = one.Id }, null);
    }

    public override string ToString() => string.Join(
        ' ',
        ((string Name, string? Value)[])[("id", Id), ("alike", Alike == true ? "yes" : null), ("identityProvider", IdentityProvider), ("kind", Kind), ("text", Text), ("olderThan", OlderThan)]
            is var parts && parts.All(x => x.Value is null) ? ["all"] : parts.Where(x => x.Value is not null).Select(x => $"{x.Name}={x.Value}"));

    private FailureKind? Failure()
    {
        if (Kind is null)
            return null;
        return Enum.TryParse<FailureKind>(Kind, ignoreCase: true, out var kind) && Enum.IsDefined(kind)
            ? kind
            : throw new RequestException(400, $"'kind' is '{Kind}'; it must be one of {string.Join(", ", Enum.GetNames<FailureKind>()).ToLowerInvariant()}");
    }

    private DateTimeOffset? Since(DateTimeOffset now)
    {
        try
        {
            return OlderThan is null ? null : now - Iso8601Duration.Parse(OlderThan);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentOutOfRangeException)
        {
            throw new RequestException(400, $"'olderThan' is '{OlderThan}'; write a duration, for example PT12H or P3D");
        }
    }
}
