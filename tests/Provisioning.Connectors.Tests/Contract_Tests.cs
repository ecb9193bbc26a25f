using System.Text.Json;

namespace Provisioning.Connectors.Tests;

public sealed class Contract_Tests
{
    [Fact]
    public void Secret_should_never_print()
    {
        var secret = new Secret("hunter2");
        Assert.Equal("***", $"{secret}");
        Assert.DoesNotContain("hunter2", JsonSerializer.Serialize(secret), StringComparison.Ordinal);
        Assert.Equal("hunter2", secret.Reveal());
    }

    [Fact]
    public void Exception_should_carry_its_kind()
    {
        var failure = new ConnectorException(FailureKind.Throttled, "slow down")
        {
            RetryAfter = TimeSpan.FromSeconds(3),
            TargetCode = "429",
        };
        Assert.Equal(FailureKind.Throttled, failure.Kind);
        Assert.Equal(TimeSpan.FromSeconds(3), failure.RetryAfter);
        Assert.Equal("429", failure.TargetCode);
        Assert.Equal("slow down", failure.Message);
    }

    [Fact]
    public void Sdk_should_reference_nothing_but_the_framework()
    {
        // Whatever else it referenced, every plugin would be tied to the host's version of it.
        var names = typeof(IConnector).Assembly.GetReferencedAssemblies().Select(a => a.Name!).ToList();
        Assert.All(names, name => Assert.True(
            name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard" or "mscorlib", name));
    }

    [Fact]
    public void Factory_should_pass_typed_settings()
    {
        IConnectorFactory factory = new Factory();
        Assert.Equal(typeof(string), factory.SettingsType);
        var thrown = Assert.Throws<ConnectorException>(
            () => factory.Create("typed", new ConnectorContext("idp", ".", TimeProvider.System)));
        Assert.Equal("typed", thrown.Message);
    }

    private sealed class Factory : ConnectorFactory<string>
    {
        public override string Name => "none";

        protected override IConnector Create(string settings, ConnectorContext context) =>
            throw new ConnectorException(FailureKind.Rejected, settings);
    }
}
