namespace Provisioning.Core.Pipeline;

/// <summary>May the user be let in? Yes when every blocking binding of the service provider has an enabled account now.</summary>
/// <param name="Reason">That of the first binding that keeps the user out.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Bindings">Each binding of the service provider.</param>
public sealed record AccessAnswer(bool Allowed, AccessReason Reason, string Message, IReadOnlyList<BindingAccess> Bindings);
