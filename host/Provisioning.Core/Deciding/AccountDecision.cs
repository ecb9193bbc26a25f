namespace Provisioning.Core.Deciding;

/// <summary>What all bindings that lead to one identity provider say about one user.</summary>
/// <param name="bindings">One decision for each, at least one; that of the oldest registration first.</param>
public sealed class AccountDecision(IReadOnlyList<BindingDecision> bindings)
{
    public IReadOnlyList<BindingDecision> Bindings { get; } = bindings;

    /// <summary>The first moment at which one of them may be another one because time has passed; null if time alone does not change them.</summary>
    public DateTimeOffset? HoldsUntil { get; } = bindings.Min(x => x.HoldsUntil);

    /// <summary>The decision that counts. A grant beats a doubt, and a doubt beats a refusal: what cannot be decided must not take anything away.</summary>
    /// <param name="grantedBy">The service provider whose binding granted the account that is there; null if there is none.</param>
    public BindingDecision Strongest(string? grantedBy)
    {
        var strongest = Settled(Bindings[0], grantedBy);
        foreach (var binding in Bindings.Skip(1))
        {
            var next = Settled(binding, grantedBy);
            if (Rank(next) > Rank(strongest))
                strongest = next;
        }

        return strongest;
    }

    /// <summary>The service providers whose bindings grant the account. If none does, the one that granted it; else all that are bound.</summary>
    /// <inheritdoc cref="Strongest" path="/param" />
    public IReadOnlyList<string> Granting(string? grantedBy)
    {
        if (Bindings.Count == 1)
            return [Bindings[0].ServiceProvider];
        IReadOnlyList<string> granting = [.. Bindings.Where(x => Settled(x, grantedBy).Assigned == true).Select(x => x.ServiceProvider)];
        return granting.Count > 0 ? granting : [.. Bindings.Select(x => x.ServiceProvider).Where(x => grantedBy is null || x == grantedBy)];
    }

    /// <summary>What one service provider's binding says; null if it has none.</summary>
    /// <inheritdoc cref="Strongest" path="/param" />
    public BindingDecision? Of(string serviceProvider, string? grantedBy) =>
        Bindings.FirstOrDefault(x => x.ServiceProvider == serviceProvider) is { } found ? Settled(found, grantedBy) : null;

    // The account that such a binding gave before somebody switched its just-in-time provisioning off stays.
    private static BindingDecision Settled(BindingDecision decision, string? grantedBy) => decision is { Assigned: true, IsSignInOnly: true } && decision.ServiceProvider != grantedBy
        ? decision with { Assigned = false, IsJitOff = true, Reason = "the user only ever signed in, and the binding has no just-in-time provisioning" }
        : decision;

    private static int Rank(BindingDecision decision) => (decision.Assigned, decision.Active) switch
    {
        (true, true) => 4,
        (null, true) => 3,
        (true, false) => 2,
        (null, false) => 1,
        _ => 0,
    };
}
