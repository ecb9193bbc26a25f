namespace Provisioning.Connectors.Scim.Tests;

public sealed class When_the_target_is_tested
{
    private static readonly OperationContext s_context = new("op", 1, DateTimeOffset.MaxValue, static _ => { });

    [Theory]
    [InlineData(401, "the target refuses the credentials, or what they may do: HTTP 401")]
    [InlineData(403, "the target refuses the credentials, or what they may do: HTTP 403")]
    [InlineData(404, "there is nothing at 'Users' (HTTP 404): correct baseUrl")]
    [InlineData(500, "HTTP 500")]
    public async Task Should_say_what_is_wrong(int status, string sentence)
    {
        await using var target = await FakeTarget.StartAsync(status);
        await using var connector = target.Connect();
        Assert.Equal(sentence, await connector.TestAsync(s_context, default));
    }

    [Fact]
    public async Task Should_recognise_what_is_no_SCIM()
    {
        await using var target = await FakeTarget.StartAsync(200, """{"hello":"world"}""", "application/json");
        await using var connector = target.Connect();
        Assert.Equal("what is at 'Users' is no SCIM listing: correct baseUrl", await connector.TestAsync(s_context, default));
    }

    [Fact]
    public async Task Should_miss_the_groups()
    {
        await using var target = await MemoryTarget.StartAsync(new TargetRules { Groups = false });
        await using var connector = target.Connect();
        Assert.Equal(
            "there is nothing at 'Groups' (HTTP 404: there is no 'Groups'): set the switch groups to false if the target has none",
            await connector.TestAsync(s_context, default));
    }
}
