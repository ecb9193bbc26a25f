using System.Text.Json.Nodes;
using System.Xml.Linq;
using static Provisioning.Connectors.Spml.SpmlNames;

namespace Provisioning.Connectors.Spml.Tests;

public sealed class When_the_target_refuses
{
    private static readonly OperationContext s_context = Attempt(1);

    [Theory]
    [InlineData("noSuchIdentifier", FailureKind.Gone)]
    [InlineData("resultSetToLarge", FailureKind.Rejected)]
    [InlineData("customError", FailureKind.Transient)]
    public async Task Should_name_the_error_and_repeat_its_text(string error, FailureKind kind)
    {
        await using var server = await FakeSpmlServer.StartAsync();
        await using var connector = server.Connect();
        server.Intercept = Say(200, Response("modifyResponse", error, "because"));
        var failure = await UpdateAsync(connector, s_context);
        Assert.Equal((kind, $"{error}: because", error), (failure.Kind, failure.Message, failure.TargetCode));
    }

    [Fact]
    public async Task Should_park_the_target_s_own_errors_after_three_attempts()
    {
        await using var server = await FakeSpmlServer.StartAsync();
        await using var connector = server.Connect();
        server.Intercept = Say(200, Response("modifyResponse", "customError", "odd"));
        Assert.Equal(FailureKind.Transient, (await UpdateAsync(connector, Attempt(3))).Kind);
        Assert.Equal(FailureKind.Rejected, (await UpdateAsync(connector, Attempt(4))).Kind);
    }

    [Fact]
    public async Task Should_let_the_settings_say_what_the_target_s_own_errors_mean()
    {
        await using var server = await FakeSpmlServer.StartAsync();
        await using var connector = server.Connect(static settings => settings.Errors =
        [
            new() { Pattern = "licen[cs]e", Kind = FailureKind.Rejected }, new() { Pattern = "busy|locked", Kind = FailureKind.Throttled },
        ]);
        server.Intercept = Say(200, Response("modifyResponse", "customError", "record LOCKED"));
        Assert.Equal(FailureKind.Throttled, (await UpdateAsync(connector, s_context)).Kind);
        server.Intercept = Say(500, FakeSpmlServer.Fault("Server", "no licence left"));
        Assert.Equal(FailureKind.Rejected, (await UpdateAsync(connector, s_context)).Kind);
    }

    [Theory]
    [InlineData("Client", FailureKind.Rejected)]
    [InlineData("Server", FailureKind.Transient)]
    [InlineData("FailedAuthentication", FailureKind.Unauthorized)]
    public async Task Should_read_a_fault_before_the_status(string code, FailureKind kind)
    {
        await using var server = await FakeSpmlServer.StartAsync();
        await using var connector = server.Connect();
        server.Intercept = Say(500, FakeSpmlServer.Fault(code, "no"));
        var failure = await UpdateAsync(connector, s_context);
        Assert.Equal((kind, $"SOAP fault {code}: no"), (failure.Kind, failure.Message));
    }

    [Theory]
    [InlineData("<html>proxy</html>")]
    [InlineData("<!DOCTYPE x [<!ENTITY e \"boom\">]><x>&e;</x>")]
    [InlineData("")]
    [InlineData("{}")]
    public async Task Should_call_an_answer_that_cannot_be_read_ambiguous(string body)
    {
        await using var server = await FakeSpmlServer.StartAsync();
        await using var connector = server.Connect();
        server.Intercept = async (_, http) =>
        {
            await FakeSpmlServer.WriteAsync(http, 200, body);
            return true;
        };
        var create = new NewAccount("m", new JsonObject { ["uid"] = "ada" });
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.CreateAsync(create, s_context, default));
        Assert.Equal(FailureKind.Ambiguous, failure.Kind);
        var kind = body.StartsWith("<html", StringComparison.Ordinal) ? FailureKind.Misconfigured : FailureKind.Transient;
        Assert.Equal(kind, (await UpdateAsync(connector, s_context)).Kind);
    }

    [Fact]
    public async Task Should_not_read_what_is_nested_too_deep()
    {
        await using var server = await FakeSpmlServer.StartAsync();
        await using var connector = server.Connect();
        var deep = string.Concat(Enumerable.Repeat("<a>", 5000)) + string.Concat(Enumerable.Repeat("</a>", 5000));
        server.Intercept = Say(200, XElement.Parse($"<r xmlns='{Core}' status='success'>{deep}</r>"));
        Assert.Contains("should be an SPML response", (await UpdateAsync(connector, s_context)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_not_repeat_a_password_that_the_target_quotes()
    {
        await using var server = await FakeSpmlServer.StartAsync();
        await using var connector = server.Connect();
        var ada = await connector.CreateAsync(new NewAccount("m", new JsonObject { ["uid"] = "ada" }), s_context, default);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.SetPasswordAsync(ada.Id, new Secret("tiny"), s_context, default));
        Assert.Equal("malformedRequest: the password '***' is too short", failure.Message);
        Assert.Null(failure.InnerException);
    }

    [Fact]
    public async Task Should_not_end_a_listing_whose_iterator_was_lost()
    {
        await using var server = await FakeSpmlServer.StartAsync(new FakeOptions { PageLimit = 1 });
        await using var connector = server.Connect();
        foreach (var name in (string[])["ada", "bob"])
            await connector.CreateAsync(new NewAccount(name, new JsonObject { ["uid"] = name }), s_context, default);
        var failure = await Assert.ThrowsAsync<ConnectorException>(async () =>
        {
            await foreach (var _ in connector.ListAsync(ResourceType.User, s_context, default))
                server.Provider.ForgetIterators();
        });
        Assert.Equal(FailureKind.Transient, failure.Kind);
    }

    [Fact]
    public async Task Should_call_a_creation_that_is_never_finished_ambiguous()
    {
        await using var server = await FakeSpmlServer.StartAsync();
        await using var connector = server.Connect(static settings => settings.PendingTimeout = TimeSpan.FromMilliseconds(50));
        server.Intercept = async (request, http) =>
        {
            var name = request.Name.LocalName == "statusRequest" ? Async + "statusResponse" : Core + "addResponse";
            await FakeSpmlServer.WriteAsync(http, 200, FakeSpmlServer.Envelope(
                new XElement(name, new XAttribute("status", "pending"), new XAttribute("requestID", "later"))));
            return true;
        };
        var create = new NewAccount("m", new JsonObject { ["uid"] = "ada" });
        Assert.Equal(FailureKind.Ambiguous, (await Assert.ThrowsAsync<ConnectorException>(() => connector.CreateAsync(create, s_context, default))).Kind);
    }

    [Fact]
    public async Task Should_name_every_attribute_that_does_not_fit()
    {
        await using var server = await FakeSpmlServer.StartAsync();
        await using var connector = server.Connect();
        var account = new NewAccount("m", new JsonObject { ["uid"] = "ada", ["name"] = new JsonObject(), ["a.b"] = "x" });
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.CreateAsync(account, s_context, default));
        Assert.Equal(FailureKind.Rejected, failure.Kind);
        Assert.Contains("'name'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'a.b'", failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("<toPsoID/>")]
    [InlineData("<toPsoID ID=''/>")]
    [InlineData("")]
    public async Task Should_not_leave_out_a_member_without_an_id(string to)
    {
        await using var server = await FakeSpmlServer.StartAsync();
        await using var connector = server.Connect(static settings => settings.Group!.MemberReference = "memberOf");
        var reference = $"<reference xmlns='{Reference}' typeOfReference='memberOf'>{to}</reference>";
        server.Intercept = Say(200, XElement.Parse(
            $"<lookupResponse xmlns='{Core}' status='success'><pso><psoID ID='g'/><data/><capabilityData>{reference}</capabilityData></pso></lookupResponse>"));
        var failure = await Assert.ThrowsAsync<ConnectorException>(async () => await connector.ListMembersAsync("g", s_context, default).CountAsync());
        Assert.Equal((FailureKind.Transient, "the group has a member without an id"), (failure.Kind, failure.Message));
    }

    private static OperationContext Attempt(int attempt) => new("op", attempt, DateTimeOffset.MaxValue, static _ => { });

    private static XElement Response(string name, string error, string text) => new(
        Core + name, new XAttribute("status", "failure"), new XAttribute("error", error), new XElement(Core + "errorMessage", text));

    private static Func<XElement, Microsoft.AspNetCore.Http.HttpContext, Task<bool>> Say(int status, XElement body) => async (_, http) =>
    {
        await FakeSpmlServer.WriteAsync(http, status, FakeSpmlServer.Envelope(body));
        return true;
    };

    private static Task<ConnectorException> UpdateAsync(SpmlConnector connector, OperationContext context) =>
        Assert.ThrowsAsync<ConnectorException>(() => connector.UpdateAsync("1", new AccountDelta([new("title", null, "x")], []), context, default));
}
