using Provisioning.Connectors;

namespace Provisioning.Plugins.Calls;

/// <summary>What a call returned, or one element of what it streams.</summary>
internal sealed record CallResult
{
    public static readonly CallResult Nothing = new();

    public Account? Account { get; init; }

    public IReadOnlyList<MatchedAccount>? Found { get; init; }

    public IReadOnlyList<SchemaAttribute>? Schema { get; init; }

    /// <summary>The sentence of a test, or the id of a member.</summary>
    public string? Text { get; init; }
}
