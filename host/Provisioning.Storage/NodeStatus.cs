namespace Provisioning.Storage;

/// <param name="LastBeat">How long ago it was heard of.</param>
public sealed record NodeStatus(Node Node, TimeSpan LastBeat)
{
    /// <summary>A host that was not heard of for so long is taken for dead. It must beat several times within it.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(20);

    public bool Alive => LastBeat < Lifetime;
}
