using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Entra.Tests;

public sealed class When_licences_are_assigned : IAsyncDisposable
{
    private readonly EntraTarget _target = new();

    public ValueTask DisposeAsync() => _target.DisposeAsync();

    [Fact]
    public async Task Should_know_them_by_part_number_and_by_id()
    {
        await using var connector = _target.Connect();
        await connector.CreateAsync(Licensed("SPE_E3", FakeEntra.Power), _target.Context, default);
        Assert.Equal([FakeEntra.E3, FakeEntra.Power], _target.Entra.Users.Single().Licences);
        var key = new MatchKey("marker-1", "ada") { Attributes = new JsonObject { ["licenses"] = new JsonArray() } };
        var found = Assert.Single(await connector.FindAsync(ResourceType.User, key, _target.Context, default));
        Assert.Equal("""["SPE_E3","FLOW_FREE"]""", found.Account.Attributes["licenses"]!.ToJsonString());
    }

    [Fact]
    public async Task Should_change_only_the_difference_and_leave_those_of_groups_alone()
    {
        await using var connector = _target.Connect();
        var created = await connector.CreateAsync(Licensed("SPE_E3"), _target.Context, default);
        var change = new AttributeChange("licenses", null, new JsonArray("FLOW_FREE"));
        for (var i = 0; i < 2; i++)
            await connector.UpdateAsync(created.Id, new AccountDelta([change], []), _target.Context, default);
        var request = _target.Entra.Requests.Last(candidate => candidate.Path.EndsWith("/assignLicense", StringComparison.Ordinal));
        Assert.Equal($$"""{"addLicenses":[{"skuId":"{{FakeEntra.Power}}","disabledPlans":[]}],"removeLicenses":["{{FakeEntra.E3}}"]}""", request.Body);
        Assert.Equal(2, _target.Entra.Requests.Count(candidate => candidate.Path.EndsWith("/assignLicense", StringComparison.Ordinal)));
        await connector.UpdateAsync(created.Id, new AccountDelta([new("licenses", null, null)], []), _target.Context, default);
        Assert.Empty(_target.Entra.Users.Single().Licences);
    }

    [Fact]
    public async Task Should_say_ambiguous_of_the_new_user_and_what_is_missing()
    {
        await using var connector = _target.Connect();
        var account = Licensed("SPE_E3");
        account.Attributes.Remove("usageLocation");
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.CreateAsync(account, _target.Context, default));
        Assert.Equal(FailureKind.Ambiguous, failure.Kind);
        Assert.Contains("invalid usage location", failure.Message, StringComparison.Ordinal);
        Assert.Single(_target.Entra.Users);
    }

    [Fact]
    public async Task Should_wait_an_hour_for_a_seat()
    {
        await using var connector = _target.Connect();
        var created = await connector.CreateAsync(Licensed(), _target.Context, default);
        _target.Entra.Seats = 0;
        var delta = new AccountDelta([new("licenses", null, new JsonArray("SPE_E3"))], []);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.UpdateAsync(created.Id, delta, _target.Context, default));
        Assert.Equal((FailureKind.Transient, TimeSpan.FromHours(1)), (failure.Kind, failure.RetryAfter));
    }

    [Fact]
    public async Task Should_name_those_there_are_when_asked_for_another()
    {
        await using var connector = _target.Connect();
        var created = await connector.CreateAsync(Licensed(), _target.Context, default);
        var delta = new AccountDelta([new("licenses", null, new JsonArray("E9"))], []);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.UpdateAsync(created.Id, delta, _target.Context, default));
        Assert.Equal((FailureKind.Rejected, "the tenant has no licence 'E9'; it has SPE_E3, FLOW_FREE, EMSPREMIUM"), (failure.Kind, failure.Message));
    }

    private static NewAccount Licensed(params string[] names)
    {
        var account = EntraTarget.Ada("""{"usageLocation":"AT"}""");
        if (names.Length > 0)
            account.Attributes["licenses"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]);
        return account;
    }
}
