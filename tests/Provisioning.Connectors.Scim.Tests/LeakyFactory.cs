namespace Provisioning.Connectors.Scim.Tests;

/// <summary>Makes connectors that leave a timer running, which keeps their code in memory.</summary>
public sealed class LeakyFactory : ConnectorFactory<LeakySettings>
{
    public override string Name => "leaky";

    protected override IConnector Create(LeakySettings settings, ConnectorContext context) => new Leaky();

    private sealed class Leaky : IConnector
    {
        private static readonly List<Timer> Timers = [];

        public Leaky() => Timers.Add(new Timer(_ => GC.KeepAlive(Timers), null, 100, 100));

        public bool NamesAreUnique => false;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

public sealed class LeakySettings
{
    public string Text { get; init; } = "";
}
