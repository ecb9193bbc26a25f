using Provisioning.Connectors;
using Provisioning.FakeServers;

namespace Provisioning.Http.Tests;

public sealed class When_answers_are_bad
{
    [Theory]
    [InlineData(true, FailureKind.Ambiguous)]
    [InlineData(false, FailureKind.Transient)]
    public async Task Should_know_what_a_lost_answer_means(bool creates, FailureKind expected)
    {
        await using var server = new ScriptedServer(_ => new Answer(200));
        server.Break(new Fault("POST", "/") { LosesAnswer = true });
        Assert.Equal(expected, (await Assert.ThrowsAsync<ConnectorException>(() => PostAsync(server, creates))).Kind);
    }

    [Theory]
    [InlineData(true, FailureKind.Ambiguous)]
    [InlineData(false, FailureKind.Transient)]
    public async Task Should_not_read_more_than_16_MiB(bool creates, FailureKind expected)
    {
        await using var server = new ScriptedServer(_ => new Answer(200, new string('x', 17 * 1024 * 1024)));
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => PostAsync(server, creates));
        Assert.Equal((expected, "the answer is larger than 16 MiB"), (failure.Kind, failure.Message));
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"\\udc00\":1}")]
    [InlineData("<html>")]
    [InlineData("")]
    [InlineData(null)]
    public void Should_take_no_JSON_for_none(string? text) => Assert.Null(JsonText.Parse(text));

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("")]
    public void Should_refuse_ids_that_would_lead_elsewhere(string id) => Assert.Throws<ConnectorException>(() => Addresses.Segment(id));

    private static async Task<HttpAnswer> PostAsync(ScriptedServer server, bool creates)
    {
        var context = new ConnectorContext("t", ".", TimeProvider.System);
        var address = Addresses.ParseBase(server.Url, "baseUrl");
        using var transport = new HttpTransport(new HttpWire(new ConnectionSettings(), TimeSpan.FromSeconds(20), context), address, new AuthenticationSettings(), context.Time);
        return await transport.SendAsync(new HttpCall(HttpMethod.Post, "x") { Creates = creates }, TestContext.Current.CancellationToken);
    }
}
