using System.Text.Json.Nodes;
using Provisioning.FakeServers;

namespace Provisioning.Connectors.Rest.Tests;

/// <summary>
/// An API of nobody's standard, strict about its own: tokens, unknown and missing fields, unique names with code 400, results in
/// <c>data</c>, states by verbs, people by cursor and members by page.
/// </summary>
internal sealed class PeopleDesk : FakeServer
{
    public const string ClientSecret = "desk-secret-9876";

    private static readonly string[] Writable = ["login", "display", "names", "ref", "state"];

    private readonly SortedDictionary<string, JsonObject> _people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonObject> _teams = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _members = new(StringComparer.Ordinal);
    private int _next;

    public TokenIssuer Tokens { get; } = new(TimeProvider.System);

    public string? LastPassword { get; private set; }

    protected override Answer Answer(Received request)
    {
        if (request.Path == "/oauth/token")
            return Token(request);
        if (!Tokens.IsValid(request.BearerToken))
            return Error(401, "TOKEN", "no valid token");
        return request.Segments switch
        {
            ["api", "people"] => People(request),
            ["api", "people", var id] => Person(request, id),
            ["api", "people", var id, "password"] => Password(request, id),
            ["api", "people", var id, var verb] => State(request, id, verb),
            ["api", "teams"] => Teams(request),
            ["api", "teams", var id] => Team(request, id),
            ["api", "teams", var id, "members"] => Members(request, id),
            ["api", "teams", var id, "members", var person] => Leave(request, id, person),
            _ => Error(404, "NO_ROUTE", "no such address"),
        };
    }

    private static Answer Error(int status, string code, string message) =>
        new(status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } });

    private static Answer Data(int status, JsonNode data, params (string, string)[] headers) =>
        new(status, new JsonObject { ["data"] = data.DeepClone() }, headers);

    private Answer Token(Received request) =>
        request.Form("grant_type") == "client_credentials" && request.Form("client_id") == "desk" && request.Form("client_secret") == ClientSecret
            ? new Answer(200, new JsonObject { ["access_token"] = Tokens.Issue(), ["expires_in"] = 3600, ["token_type"] = "Bearer" })
            : new Answer(401, new JsonObject { ["error"] = "invalid_client" });

    private Answer People(Received request)
    {
        if (request.Method == "GET")
            return List(request);
        if (request.Method != "POST" || Wrong(request.Json) is not null)
            return Error(422, "FIELDS", Wrong(request.Json) ?? "method");
        var person = request.Json!.DeepClone().AsObject();
        if (person["login"] is null)
            return Error(422, "FIELDS", "login is missing");
        if (IsTaken(person["login"]!.ToString(), null))
            return Error(400, "LOGIN_TAKEN", $"login {person["login"]} is taken");
        var id = $"p {++_next:0000}/x";
        person["id"] = id;
        person["state"] ??= "ACTIVE";
        _people[id] = person;
        return Data(201, person, ("Location", $"/api/people/{Uri.EscapeDataString(id)}"));
    }

    private Answer List(Received request)
    {
        var limit = int.Parse(request.Query("limit") ?? "2", null);
        var matching = _people.Values
            .Where(person => request.Query("ref") is not { } marker || person["ref"]?.ToString() == marker)
            .Where(person => request.Query("login") is not { } login || Same(person["login"], login))
            .Where(person => string.IsNullOrEmpty(request.Query("cursor")) || string.CompareOrdinal(person["id"]!.ToString(), request.Query("cursor")) > 0)
            .ToList();
        var page = matching.Take(limit).ToList();
        return new Answer(200, new JsonObject
        {
            ["data"] = new JsonArray([.. page.Select(person => person.DeepClone())]),
            ["next"] = matching.Count > limit ? page[^1]["id"]!.ToString() : null,
        });
    }

    private Answer Person(Received request, string id)
    {
        if (!_people.TryGetValue(id, out var person))
            return Error(404, "NO_PERSON", "no such person");
        switch (request.Method)
        {
            case "DELETE":
                _people.Remove(id);
                return new Answer(204);
            case "PATCH" when Wrong(request.Json) is { } wrong:
                return Error(422, "FIELDS", wrong);
            case "PATCH":
                if (request.Json!["login"] is { } login && IsTaken(login.ToString(), id))
                    return Error(400, "LOGIN_TAKEN", "taken");
                foreach (var (name, value) in request.Json)
                    person[name] = value?.DeepClone();
                return Data(200, person);
            default:
                return Error(405, "METHOD", "method");
        }
    }

    private Answer State(Received request, string id, string verb)
    {
        if (!_people.TryGetValue(id, out var person))
            return Error(404, "NO_PERSON", "no such person");
        var state = verb switch { "block" => "BLOCKED", "unblock" => "ACTIVE", _ => null };
        if (state is null || request.Method != "POST" || request.Body.Length > 0)
            return Error(405, "METHOD", "method");
        // It objects to what is so already, as odd ones do.
        if (person["state"]!.ToString() == state)
            return Error(409, "SAME_STATE", "nothing to do");
        person["state"] = state;
        return new Answer(204);
    }

    private Answer Password(Received request, string id)
    {
        if (!_people.ContainsKey(id))
            return Error(404, "NO_PERSON", "no such person");
        if (request.ContentType != "application/x-www-form-urlencoded")
            return Error(415, "TYPE", "a form is wanted");
        LastPassword = request.Form("value");
        return LastPassword?.Length >= 8 ? new Answer(204) : Error(422, "WEAK", $"'{LastPassword}' is too short");
    }

    private Answer Teams(Received request)
    {
        if (request.Method == "GET")
        {
            var found = _teams.Values.Where(team => request.Query("ref") is { } marker ? team["ref"]?.ToString() == marker : Same(team["title"], request.Query("title")));
            return Data(200, new JsonArray([.. found.Select(team => team.DeepClone())]));
        }

        var created = request.Json!.DeepClone().AsObject();
        var id = $"t{++_next}";
        created["id"] = id;
        (_teams[id], _members[id]) = (created, []);
        return new Answer(201, null, ("Location", $"/api/teams/{id}"));
    }

    private Answer Team(Received request, string id)
    {
        if (!_teams.TryGetValue(id, out var team))
            return Error(404, "NO_TEAM", "no such team");
        if (request.Method == "DELETE")
            return _teams.Remove(id) ? new Answer(204) : Error(404, "NO_TEAM", "no such team");
        foreach (var (name, value) in request.Json!)
            team[name] = value?.DeepClone();
        return new Answer(204);
    }

    private Answer Members(Received request, string id)
    {
        if (!_teams.ContainsKey(id))
            return Error(404, "NO_TEAM", "no such team");
        var members = _members[id];
        if (request.Method == "GET")
        {
            var page = int.Parse(request.Query("page")!, null);
            return Data(200, new JsonArray([.. members.Skip((page - 1) * 2).Take(2).Select(member => new JsonObject { ["person"] = member })]));
        }

        var add = request.Json!["people"]!.AsArray().Select(person => person!.ToString()).ToList();
        if (add.Count > 3)
            return Error(422, "TOO_MANY", "three at most");
        members.AddRange(add.Except(members));
        return new Answer(204);
    }

    private Answer Leave(Received request, string id, string person)
    {
        if (!_teams.ContainsKey(id))
            return Error(404, "NO_TEAM", "no such team");
        return request.Method == "DELETE" && _members[id].Remove(person) ? new Answer(204) : Error(404, "NO_MEMBER", "not a member");
    }

    private static string? Wrong(JsonObject? body) => body is null
        ? "no JSON"
        : body.Select(field => field.Key).FirstOrDefault(name => !Writable.Contains(name)) is { } unknown ? $"unknown field {unknown}" : null;

    private bool IsTaken(string login, string? but) => _people.Any(person => person.Key != but && Same(person.Value["login"], login));

    private static bool Same(JsonNode? value, string? text) => string.Equals(value?.ToString(), text, StringComparison.OrdinalIgnoreCase);
}
