using System.Text.Json.Nodes;
using Provisioning.FakeServers;

namespace Provisioning.Connectors.Rest.Tests;

/// <summary>A server whose answers a test writes, and connectors to it.</summary>
internal sealed class ScriptedApi : FakeServer
{
    public static OperationContext Context => new("op-7", 1, DateTimeOffset.MaxValue, _ => { });

    public Func<Received, Answer> Say { get; set; } = _ => new Answer(404);

    public static JsonArray Objects(params string[] ids) => [.. ids.Select(id => new JsonObject { ["id"] = id })];

    public static Task<Account> CreateAsync(RestConnector connector, JsonObject attributes) =>
        connector.CreateAsync(new NewAccount("m", attributes), Context, TestContext.Current.CancellationToken);

    public RestConnector Open(Action<RestSettings> change)
    {
        var settings = new RestSettings
        {
            BaseUrl = Url + "/v1",
            Users = { Create = new RestOperation { Method = "POST", Path = "users", Body = new JsonObject { ["..."] = "{{$attributes}}" } } },
        };
        change(settings);
        return DeskSettings.Open(settings);
    }

    protected override Answer Answer(Received request) => Say(request);
}
