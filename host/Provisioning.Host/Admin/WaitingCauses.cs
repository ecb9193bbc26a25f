using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Core.Ledger;
using Provisioning.Core.Targets;

namespace Provisioning.Host.Admin;

/// <summary>Why pending assignments wait though nothing is wrong with them: their identity provider as a whole is left alone.</summary>
internal sealed class WaitingCauses
{
    private readonly Dictionary<string, TargetState> _closed;

    private WaitingCauses(Dictionary<string, TargetState> closed) => _closed = closed;

    public static async Task<WaitingCauses> ReadAsync(ITargetStore targets, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var states = await targets.ListAsync(cancellationToken);
        return new WaitingCauses(states.Where(x => x.IsClosed(now) || x.IsHalfOpen(now)).ToDictionary(x => x.IdentityProvider, StringComparer.Ordinal));
    }

    /// <summary>Adds the cause that all share; a cause of its own stays.</summary>
    public JsonObject AddTo(JsonObject json, Assignment assignment)
    {
        if (assignment is not { Status: AssignmentStatus.Pending, LastError: null } || !_closed.TryGetValue(assignment.IdentityProvider, out var state))
            return json;
        json["failure"] = JsonNamingPolicy.CamelCase.ConvertName(state.Condition.ToString());
        json["error"] = $"'{assignment.IdentityProvider}' is left alone{(state.Reason is null ? "" : $": {state.Reason}")}";
        return json;
    }
}
