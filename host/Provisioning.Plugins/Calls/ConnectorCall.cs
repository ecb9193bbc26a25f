using Provisioning.Connectors;

namespace Provisioning.Plugins.Calls;

/// <summary>One call as data, so that it can be made here or in another process. Only what its kind needs is set.</summary>
internal sealed record ConnectorCall(CallKind Kind)
{
    public ResourceType Type { get; init; }

    public MatchKey? Key { get; init; }

    /// <summary>The id of the account or group.</summary>
    public string? Id { get; init; }

    public NewAccount? New { get; init; }

    public AccountDelta? Delta { get; init; }

    public bool Enabled { get; init; }

    public MembershipDelta? Members { get; init; }

    public IReadOnlyList<string>? FirstMembers { get; init; }

    public Secret? Password { get; init; }
}
