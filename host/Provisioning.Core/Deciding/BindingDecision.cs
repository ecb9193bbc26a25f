using Provisioning.Core.Configuration;

namespace Provisioning.Core.Deciding;

/// <summary>What was decided about one user × one identity provider.</summary>
/// <param name="Assigned">True: should have an account. False: should not. Null: undecided, change nothing.</param>
/// <param name="Binding">The binding that decided.</param>
/// <param name="SetAttributes">Target attributes that obligations set, over the mapping.</param>
/// <param name="Deprovision">How to take the account away, if an obligation says so.</param>
public sealed record BindingDecision(
    bool? Assigned,
    string ServiceProvider,
    Binding? Binding,
    string Reason,
    PolicyAnswer? Answer = null,
    IReadOnlyList<KeyValuePair<string, string>>? SetAttributes = null,
    DeprovisionAction? Deprovision = null)
{
    /// <summary>The user is active for this binding.</summary>
    public bool Active { get; init; } = true;

    /// <summary>The user only ever signed in at the service provider, and the binding has no just-in-time provisioning: it grants no new account.</summary>
    public bool IsSignInOnly { get; init; }

    /// <summary>It would have granted the account, were it not for that.</summary>
    public bool IsJitOff { get; init; }

    /// <summary>The first moment at which the decision may be another one because time has passed; null if time alone does not change it.</summary>
    public DateTimeOffset? HoldsUntil { get; init; } = Answer?.HoldsUntil;
}
