using Provisioning.Connectors;
using Provisioning.Core.Configuration;

namespace Provisioning.Core.Pipeline;

/// <summary>What happens, and at which service provider. Its bindings alone say who waits; those of others are only planned again.</summary>
/// <param name="ServiceProvider">Null if nobody in particular caused it.</param>
public sealed record Occasion(Trigger Trigger, ServiceProvider? ServiceProvider = null)
{
    /// <summary>A first password for accounts that are made while the caller waits; null if none was given. It is stored nowhere.</summary>
    public Secret? Password { get; init; }

    /// <summary>The binding by which a caller may wait for an account. Nobody stands at the other end of an import.</summary>
    public Binding? BindingTo(string identityProvider) =>
        Trigger is Trigger.Inbound or Trigger.SignIn ? ServiceProvider?.BindingTo(identityProvider) : null;
}
