namespace Provisioning.Connectors.Spml.Tests;

public sealed class When_the_target_is_tested
{
    private static readonly OperationContext s_context = new("op", 1, DateTimeOffset.MaxValue, static _ => { });

    [Fact]
    public async Task Should_name_a_target_that_is_not_there() => await SaysAsync(
        new FakeOptions(), static settings => settings.TargetId = "T9", "the provider has no target 'T9', but 'T1': correct targetId");

    [Fact]
    public async Task Should_name_another_profile() => await SaysAsync(
        new FakeOptions(), static settings => (settings.Profile, settings.Namespace) = ("xsd", "urn:ex:user"),
        "the target has the profile 'urn:oasis:names:tc:SPML:2:0:DSML', but the settings say 'xsd': correct profile");

    [Fact]
    public async Task Should_miss_searching() => await SaysAsync(
        new FakeOptions { Capabilities = ["suspend"] }, static _ => { }, "the target has no search capability, so that accounts cannot be found");

    [Fact]
    public async Task Should_miss_suspending() => await SaysAsync(
        new FakeOptions { Capabilities = ["search"] }, static _ => { },
        "the target has no suspend capability: set 'enabled' to the attribute it uses instead");

    [Fact]
    public async Task Should_miss_references() => await SaysAsync(
        new FakeOptions { Capabilities = ["search", "suspend"] }, static _ => { },
        "the target has no reference capability: set 'memberAttribute' instead of 'memberReference'");

    [Fact]
    public async Task Should_name_a_base_that_is_not_there() => await SaysAsync(
        new FakeOptions(), static settings => settings.User.Container = "ou=nowhere", "noSuchIdentifier: no such base: the target does not know the container 'ou=nowhere'; correct it");

    [Fact]
    public void Should_name_all_settings_that_are_wrong_at_once()
    {
        IConnectorFactory factory = new SpmlConnectorFactory();
        var settings = new SpmlSettings { Url = "http://x", Profile = "xsd", Group = new() { Class = "G" }, PageSize = 0 };
        var failure = Assert.Throws<ConnectorException>(() => factory.Create(settings, new ConnectorContext("t", ".", TimeProvider.System)));
        Assert.Equal(
            "the xsd profile needs a namespace; pageSize and memberBatch must be at least 1; group needs a class and a name; "
            + "group needs either a memberAttribute or a memberReference",
            failure.Message);
    }

    private static async Task SaysAsync(FakeOptions options, Action<SpmlSettings> change, string sentence)
    {
        await using var server = await FakeSpmlServer.StartAsync(options);
        await using var connector = server.Connect(change);
        Assert.Equal(sentence, await connector.TestAsync(s_context, default));
    }
}
