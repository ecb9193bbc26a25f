using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Converging;

/// <summary>The parts of one attempt share this: the assignment, the connector, the known state of the account, and the time that is left.</summary>
internal sealed class AttemptContext(
    Assignment assignment,
    IdentityProvider provider,
    IConnector connector,
    OperationContext operation,
    ConvergeState state,
    IAccountLookup accounts,
    OperationBudget? budget)
{
    /// <summary>Tells what the host itself waits for from what a target said.</summary>
    internal const string WaitCode = "host:wait";

    public Assignment Assignment { get; } = assignment;

    public IdentityProvider Provider { get; } = provider;

    public IConnector Connector { get; } = connector;

    public ConvergeState State { get; } = state;

    public IAccountLookup Accounts { get; } = accounts;

    /// <summary>For the call that begins now.</summary>
    public OperationContext Operation { get; private set; } = operation;

    /// <summary>Notes an operation and waits until it may start. Nothing but the call itself comes after.</summary>
    public async Task BeginAsync(ConnectorOperation operation, CancellationToken cancellationToken)
    {
        if (budget is not null)
            Operation = await budget.BeginAsync(operation, Operation, cancellationToken);
        State.Operations.Add(operation);
    }

    /// <exception cref="ConnectorException">The connector cannot do that.</exception>
    public T Require<T>(string capability)
        where T : class =>
        Connector as T ?? throw Rejected($"connector '{Provider.Connector}' cannot {capability} {Assignment.ResourceType.ToString().ToLowerInvariant()}s");

    /// <summary>Without the members of a group, which have a call of their own.</summary>
    public JsonObject DesiredAttributes()
    {
        var attributes = Assignment.DesiredAttributes?.DeepClone().AsObject() ?? [];
        attributes.Remove(PossibleAttributes.Members);
        return attributes;
    }

    /// <summary>
    /// The attributes that a change is computed against. After a change whose effect is unknown, all desired attributes are sent, and all others
    /// that may be at the target are removed: the desired state may have changed back since.
    /// </summary>
    public JsonObject Known(JsonObject desired)
    {
        var unsure = State.Uncertain && !State.Seen && Connector is (IUpdateAccounts or IManageGroups);
        var known = unsure ? PossibleAttributes.WithoutValuesOf(desired, State.Attributes) : State.Attributes?.DeepClone().AsObject() ?? [];
        known.Remove(PossibleAttributes.Members);
        return known;
    }

    /// <summary>A change of the account. One that was adopted, or taken over from a leaver, gets the marker of this assignment with it.</summary>
    public AccountDelta Delta(IReadOnlyList<AttributeChange> changes, JsonObject desired, bool? enable = null) => new(changes, desired, enable)
    {
        Marker = State.IsUnmarked ? Assignment.ResourceId : null,
        OwnershipMarker = Assignment.ResourceId,
    };

    public MatchKey MatchKey() => MatchKeyOf(Assignment);

    /// <summary>By what the account of an assignment is found: our id of the user or group (the marker), and the name.</summary>
    public static MatchKey MatchKeyOf(Assignment assignment)
    {
        var attributes = assignment.DesiredAttributes?.DeepClone().AsObject() ?? [];
        attributes.Remove(PossibleAttributes.Members);
        var name = attributes[assignment.ResourceType == ResourceType.User ? "userName" : "displayName"]?.ToString() ?? assignment.ResourceName;
        return new MatchKey(assignment.ResourceId, name) { Attributes = attributes };
    }

    /// <summary>The last line of defence: whatever was planned, such an account is not touched.</summary>
    /// <exception cref="ConnectorException">The account is protected.</exception>
    public void CheckProtected(string accountId, string verb)
    {
        if (Provider.Protects(accountId) || Provider.Protects(Assignment.ResourceName) || Provider.Protects(MatchKey().Name))
            throw Rejected($"account '{accountId}' of '{Assignment.ResourceName}' is protected and is not {verb}");
    }

    public static ConnectorException Rejected(string message) => new(FailureKind.Rejected, message);

    /// <summary>Another account of ours is in the way, and will not be for long.</summary>
    public static ConnectorException Wait(string message) => new(FailureKind.Transient, message) { TargetCode = WaitCode };
}
