using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Rest.Tests;

/// <summary>The settings that describe the API of <see cref="PeopleDesk"/>.</summary>
internal static class DeskSettings
{
    public static RestSettings For(string url) => new()
    {
        BaseUrl = url + "/api",
        Authentication = new AuthenticationSettings
        {
            OAuth2 = new OAuth2Settings { TokenUrl = url + "/oauth/token", ClientId = "desk", ClientSecret = new Secret(PeopleDesk.ClientSecret) },
        },
        Timeout = TimeSpan.FromSeconds(10),
        Headers = new Dictionary<string, string> { ["X-Request-Id"] = "{{$operationId}}" },
        Answers = [new RestAnswerRule { Status = 400, Path = "error.code", Equal = "LOGIN_TAKEN", Meaning = RestMeaning.Conflict }],
        PageSize = 3,
        Users = Users(),
        Groups = Groups(),
    };

    public static RestConnector Open(RestSettings settings) =>
        (RestConnector)((IConnectorFactory)new RestConnectorFactory()).Create(settings, new ConnectorContext("desk", ".", TimeProvider.System));

    private static RestUserSettings Users() => new()
    {
        Object = new RestShape
        {
            Marker = "ref",
            Enabled = "state",
            EnabledValue = "ACTIVE",
            Attributes = new Dictionary<string, string>
            {
                ["userName"] = "login", ["displayName"] = "display", ["name.givenName"] = "names.first", ["name.familyName"] = "names.last",
            },
        },
        FindByMarker = new RestOperation { Path = "people?ref={{$marker}}", Items = "data" },
        FindByName = new RestOperation { Path = "people?login={{$name}}", Items = "data" },
        List = new RestOperation { Path = "people?limit={{$limit}}&cursor={{$cursor}}", Items = "data", NextCursor = "next" },
        Create = new RestOperation
        {
            Method = "POST",
            Path = "people",
            Items = "data",
            Success = [201],
            Body = new JsonObject
            {
                ["login"] = "{{userName}}",
                ["display"] = "{{displayName}}",
                ["names"] = new JsonObject { ["first"] = "{{name.givenName}}", ["last"] = "{{name.familyName}}" },
                ["ref"] = "{{$marker}}",
            },
        },
        Update = new RestOperation
        {
            Method = "PATCH",
            Path = "people/{{$id}}",
            Items = "data",
            Body = new JsonObject { ["login"] = "{{$changes.userName}}", ["display"] = "{{$changes.displayName}}" },
        },
        SetMarker = new RestOperation { Method = "PATCH", Path = "people/{{$id}}", Body = new JsonObject { ["ref"] = "{{$marker}}" } },
        Disable = new RestOperation { Method = "POST", Path = "people/{{$id}}/block", Success = [204, 409] },
        Enable = new RestOperation { Method = "POST", Path = "people/{{$id}}/unblock", Success = [204, 409] },
        Delete = new RestOperation { Method = "DELETE", Path = "people/{{$id}}" },
        SetPassword = new RestOperation
        {
            Method = "PUT",
            Path = "people/{{$id}}/password",
            ContentType = "application/x-www-form-urlencoded",
            Body = new JsonObject { ["value"] = "{{$password}}" },
        },
    };

    private static RestGroupSettings Groups() => new()
    {
        Object = new RestShape { Marker = "ref", Attributes = new Dictionary<string, string> { ["displayName"] = "title" } },
        FindByMarker = new RestOperation { Path = "teams?ref={{$marker}}", Items = "data" },
        FindByName = new RestOperation { Path = "teams?title={{$name}}", Items = "data" },
        Create = new RestOperation
        {
            Method = "POST", Path = "teams", IdFrom = "header:Location", Body = new JsonObject { ["title"] = "{{displayName}}", ["ref"] = "{{$marker}}" },
        },
        Update = new RestOperation { Method = "PATCH", Path = "teams/{{$id}}", Body = new JsonObject { ["title"] = "{{$changes.displayName}}" } },
        SetMarker = new RestOperation { Method = "PATCH", Path = "teams/{{$id}}", Body = new JsonObject { ["ref"] = "{{$marker}}" } },
        Delete = new RestOperation { Method = "DELETE", Path = "teams/{{$id}}" },
        AddMembers = new RestOperation { Method = "POST", Path = "teams/{{$id}}/members", Body = new JsonObject { ["people"] = "{{$members}}" } },
        RemoveMembers = new RestOperation
        {
            Method = "DELETE",
            Path = "teams/{{$id}}/members/{{$member}}",
            Answers = [new RestAnswerRule { Status = 404, Path = "error.code", Equal = "NO_MEMBER", Meaning = RestMeaning.Done }],
        },
        ListMembers = new RestOperation { Path = "teams/{{$id}}/members?page={{$page}}", Items = "data" },
        MemberId = "person",
        MemberBatch = 3,
    };
}
