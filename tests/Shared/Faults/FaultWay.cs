using Provisioning.Connectors;

namespace Provisioning.Testing;

/// <summary>One way in which a fault of the page is brought about.</summary>
/// <param name="Fault">The name of its row on the page.</param>
/// <param name="Way">What tells it from other ways to the same fault.</param>
/// <param name="BringAbout">Makes it so.</param>
internal sealed record FaultWay<TTarget>(string Fault, string Way, Func<FaultScene<TTarget>, Task> BringAbout)
{
    public FaultWay(string fault, string way, Action<FaultScene<TTarget>> bringAbout)
        : this(fault, way, scene =>
        {
            bringAbout(scene);
            return Task.CompletedTask;
        })
    {
    }

    /// <summary>The failure kind, where the page allows several or speaks of a difference.</summary>
    public FailureKind? Kind { get; init; }

    /// <summary>The operations that can meet it; null for every one that the page has a kind for.</summary>
    public IReadOnlyList<string>? Operations { get; init; }

    public string Name => $"{Fault}: {Way}";

    public bool Concerns(string operation) => Operations?.Contains(operation) != false;
}
