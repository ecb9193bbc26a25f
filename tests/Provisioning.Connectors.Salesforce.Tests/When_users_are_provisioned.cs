using System.Text.Json.Nodes;
using Provisioning.FakeServers;

namespace Provisioning.Connectors.Salesforce.Tests;

public sealed class When_users_are_provisioned : IAsyncDisposable
{
    private readonly SalesforceTarget _target = new();

    public ValueTask DisposeAsync() => _target.DisposeAsync();

    [Fact]
    public async Task Should_find_profile_role_and_permission_sets_by_name_and_ask_once()
    {
        await using var connector = _target.Connect();
        var created = await connector.CreateAsync(
            SalesforceTarget.Ada("""{"UserRole":"Sales EMEA","PermissionSets":["Sales_Cloud"]}"""), _target.Context, default);
        await connector.CreateAsync(
            SalesforceTarget.Ada("""{"UserRole":"Sales EMEA","PermissionSets":["Sales_Cloud"]}""", "bob@corp.example", "marker-2"), _target.Context, default);
        Assert.Equal(1, Queries("FROM Profile"));
        Assert.Equal(1, Queries("FROM UserRole"));
        Assert.Equal(2, _target.Salesforce.Records("PermissionSetAssignment").Count);
        var key = new MatchKey("marker-1", "x") { Attributes = JsonNode.Parse("""{"PermissionSets":[]}""")!.AsObject() };
        var found = Assert.Single(await connector.FindAsync(ResourceType.User, key, _target.Context, default)).Account;
        Assert.Equal((created.Id, "Standard User", "Sales EMEA"), (found.Id, found.Attributes["Profile"]!.ToString(), found.Attributes["UserRole"]!.ToString()));
        Assert.Equal("""["Sales_Cloud"]""", found.Attributes["PermissionSets"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"Profile":"Nobody"}""", "there is no profile 'Nobody'")]
    [InlineData("""{"IsActive":true}""", "'IsActive' cannot be mapped; accounts are enabled and disabled by the host")]
    [InlineData("""{"FederationIdentifier":"x"}""", "'FederationIdentifier' keeps the ownership marker and cannot be mapped; choose another markerField")]
    [InlineData("""{"Title":["a","b"]}""", "'Title' has parts or several values, and a field of Salesforce has one")]
    public async Task Should_refuse_what_cannot_be_meant(string more, string expected)
    {
        await using var connector = _target.Connect();
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.CreateAsync(SalesforceTarget.Ada(more), _target.Context, default));
        Assert.Equal((FailureKind.Rejected, expected), (failure.Kind, failure.Message));
        Assert.Empty(_target.Salesforce.Records("User"));
    }

    [Fact]
    public async Task Should_send_only_what_changed()
    {
        await using var connector = _target.Connect();
        var created = await connector.CreateAsync(SalesforceTarget.Ada(), _target.Context, default);
        await connector.UpdateAsync(created.Id, new AccountDelta([new("Title", null, "Countess"), new("Department", null, null)], []), _target.Context, default);
        var request = _target.Salesforce.Requests.Last();
        Assert.Equal(($"PATCH /services/data/v60.0/sobjects/User/{created.Id}", """{"Title":"Countess","Department":null}"""), (request.ToString(), request.Body));
    }

    [Fact]
    public async Task Should_keep_permission_sets_as_wanted_and_others_of_the_user_away()
    {
        await using var connector = _target.Connect();
        var created = await connector.CreateAsync(SalesforceTarget.Ada("""{"PermissionSets":["Sales_Cloud"]}"""), _target.Context, default);
        var change = new AttributeChange(UserFields.PermissionSets, null, new JsonArray("Service_Cloud"));
        for (var i = 0; i < 2; i++)
            await connector.UpdateAsync(created.Id, new AccountDelta([change], []), _target.Context, default);
        var row = Assert.Single(_target.Salesforce.Records("PermissionSetAssignment"));
        var set = _target.Salesforce.Records("PermissionSet").Single(record => record["Name"]!.ToString() == "Service_Cloud");
        Assert.Equal(SalesforceId.Short(set["Id"]!.ToString()), SalesforceId.Short(row["PermissionSetId"]!.ToString()));
    }

    [Fact]
    public async Task Should_say_that_another_organisation_has_the_user_name()
    {
        _target.Salesforce.TakenElsewhere.Add("ada@corp.example");
        await using var connector = _target.Connect();
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.CreateAsync(SalesforceTarget.Ada(), _target.Context, default));
        Assert.Equal(FailureKind.Rejected, failure.Kind);
        Assert.StartsWith("the user name 'ada@corp.example' is taken in another Salesforce organisation", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_vary_a_nickname_that_is_taken()
    {
        await using var connector = _target.Connect();
        await connector.CreateAsync(SalesforceTarget.Ada("""{"CommunityNickname":"ada"}"""), _target.Context, default);
        await connector.CreateAsync(SalesforceTarget.Ada("""{"CommunityNickname":"ada"}""", "ada2@corp.example", "marker-2"), _target.Context, default);
        Assert.Matches("^ada[0-9]{4}$", _target.Salesforce.Records("User")[1]["CommunityNickname"]!.ToString());
    }

    [Fact]
    public async Task Should_not_create_twice_by_upsert_when_the_answer_was_lost()
    {
        await using var connector = _target.Connect(settings => (settings.Upsert, settings.MarkerField) = (true, "Provisioning_Id__c"));
        _target.Salesforce.Break(new Fault("PATCH", "/Provisioning_Id__c/") { LosesAnswer = true });
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.CreateAsync(SalesforceTarget.Ada(), _target.Context, default));
        Assert.Equal(FailureKind.Ambiguous, failure.Kind);
        var created = await connector.CreateAsync(SalesforceTarget.Ada(), _target.Context, default);
        Assert.Equal(Assert.Single(_target.Salesforce.Records("User"))["Id"]!.ToString(), created.Id);
    }

    [Fact]
    public async Task Should_load_many_users_with_few_calls()
    {
        await using var connector = _target.Connect(settings => settings.LoadBatch = 200);
        await connector.CreateAsync(SalesforceTarget.Ada(), _target.Context, default);
        var before = _target.Salesforce.Requests.Count;
        var created = await Task.WhenAll(Enumerable.Range(0, 100).Select(i =>
            connector.CreateAsync(SalesforceTarget.Ada(name: $"u{i}@corp.example", marker: $"m{i}"), _target.Context, default)));
        Assert.Equal(100, created.Select(account => account.Id).Distinct().Count());
        foreach (var (account, i) in created.Select((account, i) => (account, i)))
            Assert.Equal($"m{i}", _target.Salesforce.Records("User").Single(user => user["Id"]!.ToString() == account.Id)["FederationIdentifier"]!.ToString());
        Assert.InRange(_target.Salesforce.Requests.Count - before, 1, 20);
    }

    [Fact]
    public async Task Should_tell_each_of_a_load_its_own_outcome()
    {
        await using var connector = _target.Connect(settings => settings.LoadBatch = 200);
        await connector.CreateAsync(SalesforceTarget.Ada(), _target.Context, default);
        var good = connector.CreateAsync(SalesforceTarget.Ada(name: "good@corp.example", marker: "m1"), _target.Context, default);
        var bad = connector.CreateAsync(SalesforceTarget.Ada("""{"Alias":"much-too-long"}""", "bad@corp.example", "m2"), _target.Context, default);
        Assert.NotEmpty((await good).Id);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => bad);
        Assert.Equal((FailureKind.Rejected, "200 STRING_TOO_LONG"), (failure.Kind, failure.TargetCode));
    }

    [Fact]
    public async Task Should_list_every_page()
    {
        _target.Salesforce.PageSize = 2;
        await using var connector = _target.Connect();
        for (var i = 0; i < 5; i++)
            await connector.CreateAsync(SalesforceTarget.Ada(name: $"u{i}@corp.example", marker: $"m{i}"), _target.Context, default);
        Assert.Equal(5, await connector.ListAsync(ResourceType.User, _target.Context, default).CountAsync());
    }

    private int Queries(string from) => _target.Salesforce.Requests.Count(request => request.Query("q")?.Contains(from, StringComparison.Ordinal) == true);
}
