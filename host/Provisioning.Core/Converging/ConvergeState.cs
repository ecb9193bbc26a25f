using System.Text.Json.Nodes;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Converging;

/// <summary>What is known of the account while one attempt goes on. Kept when the attempt fails half-way.</summary>
internal sealed class ConvergeState(Assignment assignment)
{
    private JsonObject? _possible;

    public AppliedState Applied { get; set; } = assignment.Applied;

    /// <summary>As last applied; while <see cref="Uncertain"/>, what may be there (<see cref="PossibleAttributes"/>).</summary>
    public JsonObject? Attributes { get; private set; } = assignment.AppliedAttributes;

    public string? AccountId { get; set; } = assignment.AccountId;

    /// <summary>An attempt may have had an effect that we were not told of.</summary>
    public bool Uncertain { get; set; } = assignment.Uncertain;

    /// <summary>The account has been seen in this attempt: its attributes are known, whatever happened before. Its members are not.</summary>
    public bool Seen { get; private set; }

    /// <summary>The account was found and does not carry the marker of this assignment yet.</summary>
    public bool IsUnmarked { get; set; } = assignment.Unmarked;

    public List<ConnectorOperation> Operations { get; } = [];

    /// <summary>About to be sent. Should the answer get lost, it may be there.</summary>
    public void Sends(JsonObject attributes) => _possible = PossibleAttributes.Union(Attributes, attributes);

    /// <summary>The target said that it did it.</summary>
    public void Apply(AppliedState applied, JsonObject attributes)
    {
        (Applied, Attributes, _possible) = (applied, attributes, null);
        (Uncertain, IsUnmarked) = (false, false);
    }

    /// <summary>The account as it was found. Members that may be there stay known.</summary>
    public void See(string accountId, AppliedState applied, JsonObject attributes)
    {
        if (Attributes?[PossibleAttributes.Members]?.DeepClone() is { } members)
            attributes[PossibleAttributes.Members] = members;
        (AccountId, Applied, Attributes, Seen) = (accountId, applied, attributes, true);
    }

    /// <summary>It failed, and nobody can say whether it had an effect.</summary>
    public void Doubt()
    {
        Uncertain = true;
        Attributes = _possible ?? Attributes;
    }

    /// <summary>The account was a leaver's: the attributes that we wrote for the leaver are ours to remove.</summary>
    public void Inherit(JsonObject? attributes) => Attributes = PossibleAttributes.Union(Attributes, attributes);

    /// <summary>The account may have changed since it was read: all attributes are sent again.</summary>
    public void Mistrust() => (Uncertain, Seen) = (true, false);

    /// <summary>There is no account.</summary>
    public void Forget()
    {
        (Applied, Attributes, AccountId, _possible) = (AppliedState.Absent, null, null, null);
        (Uncertain, IsUnmarked) = (false, false);
    }
}
