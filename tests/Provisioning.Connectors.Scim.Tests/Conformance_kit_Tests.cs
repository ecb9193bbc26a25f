using System.Net;
using System.Text.Json.Nodes;
using Provisioning.Connectors.Testing;

namespace Provisioning.Connectors.Scim.Tests;

/// <summary>The kit must catch a connector that believes whatever comes back.</summary>
public sealed class Conformance_kit_Tests : ConnectorConformance, IAsyncLifetime
{
    private MemoryTarget? _target;

    protected override IPEndPoint? Target => _target!.EndPoint;

    protected override IReadOnlyList<string> Secrets => [MemoryTarget.Token];

    protected override (IConnectorFactory Factory, object Settings)? Plugin => (new LeakyFactory(), new LeakySettings());

    [Theory]
    [InlineData("http-success-with-a-page-find", "must fail when the answer is 'success-with-a-page', but succeeded")]
    [InlineData("http-throttled-by-seconds-find", "must fail with 'Throttled', not 'Gone'")]
    [InlineData("http-server-error-create", "must fail with a ConnectorException, not HttpRequestException")]
    [InlineData("http-unauthorized-find", "must fail with 'Unauthorized', not 'Gone'")]
    [InlineData("unload-leaves-nothing", "the code must leave memory")]
    public async Task Should_say_which_promise_is_broken(string name, string expected)
    {
        var failure = await Assert.ThrowsAsync<ConformanceException>(() => RunAsync(name, TestContext.Current.CancellationToken));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(MemoryTarget.Token, failure.Message, StringComparison.Ordinal);
    }

    public async ValueTask InitializeAsync() => _target = await MemoryTarget.StartAsync();

    public ValueTask DisposeAsync() => _target!.DisposeAsync();

    protected override Task<IConnector> OpenAsync() => OpenAsync(_target!.EndPoint);

    protected override Task<IConnector> OpenAsync(IPEndPoint address) => Task.FromResult<IConnector>(new Gullible(address));

    private sealed class Gullible : IConnector, ICreateAccounts, IFindAccounts
    {
        private readonly HttpClient _http;

        public Gullible(IPEndPoint address)
        {
            _http = new HttpClient { BaseAddress = new Uri($"http://{address}/scim/") };
            _http.DefaultRequestHeaders.Add("Authorization", $"Bearer {MemoryTarget.Token}");
        }

        public bool NamesAreUnique => true;

        public async Task<Account> CreateAsync(NewAccount account, OperationContext context, CancellationToken cancellationToken)
        {
            var body = account.Attributes.DeepClone().AsObject();
            body["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:User");
            using var content = new StringContent(body.ToJsonString(), null, "application/scim+json");
            using var response = await _http.PostAsync("Users", content, cancellationToken);
            response.EnsureSuccessStatusCode();
            return new Account(JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!["id"]!.ToString(), body);
        }

        public async Task<IReadOnlyList<MatchedAccount>> FindAsync(ResourceType type, MatchKey key, OperationContext context, CancellationToken cancellationToken)
        {
            using var response = await _http.GetAsync("Users", cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            return response.IsSuccessStatusCode ? [] : throw new ConnectorException(FailureKind.Gone, text);
        }

        public ValueTask DisposeAsync()
        {
            _http.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
