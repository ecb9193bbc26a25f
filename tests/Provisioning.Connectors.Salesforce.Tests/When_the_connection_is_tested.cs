namespace Provisioning.Connectors.Salesforce.Tests;

public sealed class When_the_connection_is_tested : IAsyncDisposable
{
    private readonly SalesforceTarget _target = new();

    public ValueTask DisposeAsync() => _target.DisposeAsync();

    [Theory]
    [InlineData("jwt")]
    [InlineData("clientCredentials")]
    [InlineData("legacyPassword")]
    public async Task Should_find_nothing_wrong_with_each_grant(string grant) => Assert.Null(await TestAsync(settings =>
    {
        (settings.Grant, settings.ClientSecret, settings.Password) = (grant, new Secret(FakeSalesforce.ClientSecret), new Secret(FakeSalesforce.Password));
    }));

    [Fact]
    public async Task Should_say_how_to_approve_the_app()
    {
        _target.Salesforce.Approved = false;
        Assert.StartsWith("'integration@corp.example' has not approved the app", await TestAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_name_the_audience() =>
        Assert.StartsWith("the audience 'https://test.salesforce.com' is wrong", await TestAsync(settings => settings.Audience = "https://test.salesforce.com"), StringComparison.Ordinal);

    [Fact]
    public async Task Should_name_the_app_without_its_secret()
    {
        var said = await TestAsync(settings => (settings.Grant, settings.ClientSecret) = ("clientCredentials", new Secret("wrong-secret")));
        Assert.StartsWith("Salesforce does not accept the app", said, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_look_at_the_marker_field()
    {
        Assert.StartsWith("users have no field 'Nothing__c'", await TestAsync(settings => settings.MarkerField = "Nothing__c"), StringComparison.Ordinal);
        Assert.Equal("the field 'FederationIdentifier' is no external id, which upsert needs", await TestAsync(settings => settings.Upsert = true));
    }

    [Theory]
    [InlineData("jwt", "privateKey is missing; the grant needs it")]
    [InlineData("clientCredentials", "clientSecret is missing; the grant needs it")]
    [InlineData("implicit", "grant must be \"jwt\", \"clientCredentials\" or \"legacyPassword\"")]
    public void Should_refuse_settings_that_cannot_work(string grant, string expected)
    {
        var failure = Assert.Throws<ConnectorException>(() => _target.Connect(settings => (settings.Grant, settings.PrivateKey) = (grant, null)));
        Assert.Equal(expected, failure.Message);
    }

    private async Task<string?> TestAsync(Action<SalesforceSettings>? change = null)
    {
        await using var connector = _target.Connect(change);
        return await connector.TestAsync(_target.Context, default);
    }
}
