using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Provisioning.FakeServers;

namespace Provisioning.Connectors.Salesforce.Tests;

/// <summary>
/// The token endpoint and the REST API of one organisation: required, unknown, too long and restricted fields, user names that are
/// unique in the world, licences, the daily allowance in a header, sessions that end, users that cannot be deleted.
/// </summary>
internal sealed partial class FakeSalesforce : FakeServer
{
    public const string ClientId = "3MVG9consumer";
    public const string ClientSecret = "consumer-secret-of-the-app";
    public const string Integration = "integration@corp.example";
    public const string Password = "integration-password+security-token";
    public const string Audience = "https://login.salesforce.com";

    // Making one takes long, and every organisation of the tests may have the same.
    private static readonly RSA s_key = RSA.Create(2048);

    private readonly Dictionary<string, List<JsonObject>> _records = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (SoqlQuery Query, int At)> _cursors = [];
    private long _lastId;

    public FakeSalesforce(TimeProvider time)
    {
        Tokens = new TokenIssuer(time) { Lifetime = TimeSpan.FromHours(2) };
        foreach (var name in (string[])["Standard User", "System Administrator"])
            Add("Profile", new JsonObject { ["Name"] = name });
        foreach (var name in (string[])["Sales EMEA", "Sales APAC"])
            Add("UserRole", new JsonObject { ["Name"] = name });
        foreach (var name in (string[])["Sales_Cloud", "Service_Cloud"])
            Add("PermissionSet", new JsonObject { ["Name"] = name, ["IsOwnedByProfile"] = false });
    }

    public static string PrivateKey => s_key.ExportPkcs8PrivateKeyPem();

    public TokenIssuer Tokens { get; }

    /// <summary>Whether the integration user has approved the app.</summary>
    public bool Approved { get; set; } = true;

    /// <summary>User names in other organisations.</summary>
    public HashSet<string> TakenElsewhere { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Ids of users that something in the organisation needs.</summary>
    public HashSet<string> CannotBeDeactivated { get; } = [];

    public int Licences { get; set; } = int.MaxValue;

    public int CallsUsed { get; set; }

    public int CallsAllowed { get; set; } = 100_000;

    public int PageSize { get; set; } = 2000;

    public Dictionary<string, string> Passwords { get; } = [];

    public IReadOnlyList<JsonObject> Records(string type) => _records.GetValueOrDefault(type) ?? [];

    protected override Answer Answer(Received request)
    {
        if (request.Path == "/services/oauth2/token")
            return Token(request);
        if (!Tokens.IsValid(request.BearerToken))
            return SalesforceRefusal.Make(401, "INVALID_SESSION_ID", "Session expired or invalid");
        if (CallsUsed >= CallsAllowed)
            return Counted(SalesforceRefusal.Make(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."));
        CallsUsed++;
        try
        {
            return Counted(request.Segments is ["services", "data", "v60.0", .. var rest] ? Call(request, rest) : new Answer(404));
        }
        catch (SalesforceRefusal refusal)
        {
            return Counted(refusal.Answer);
        }
    }

    private Answer Counted(Answer answer) => answer with { Headers = [("Sforce-Limit-Info", $"api-usage={CallsUsed}/{CallsAllowed}")] };

    private Answer Token(Received request)
    {
        var client = request.Form("client_id") == ClientId && request.Form("client_secret") == ClientSecret;
        switch (request.Form("grant_type"))
        {
            case "urn:ietf:params:oauth:grant-type:jwt-bearer":
                if (Tokens.Verify(request.Form("assertion"), s_key, TimeSpan.FromMinutes(5)) is not { } claims)
                    return Refuse("invalid_grant", "invalid assertion");
                if (claims["iss"]?.ToString() != ClientId)
                    return Refuse("invalid_client_id", "client identifier invalid");
                if (claims["aud"]?.ToString() != Audience)
                    return Refuse("invalid_grant", "audience is invalid");
                if (claims["sub"]?.ToString() != Integration || !Approved)
                    return Refuse("invalid_grant", "user hasn't approved this consumer");
                break;
            case "client_credentials" when client:
                break;
            case "password" when client && request.Form("username") == Integration && request.Form("password") == Password:
                break;
            case "client_credentials" or "password":
                return Refuse("invalid_client", "invalid client credentials");
            default:
                return Refuse("unsupported_grant_type", "grant type not supported");
        }

        // There is no expires_in.
        return new Answer(200, new JsonObject
        {
            ["access_token"] = Tokens.Issue(),
            ["instance_url"] = Url,
            ["id"] = $"{Url}/id/00D/005",
            ["token_type"] = "Bearer",
            ["scope"] = "api",
        });
    }

    private static Answer Refuse(string error, string description) =>
        new(400, new JsonObject { ["error"] = error, ["error_description"] = description });

    private Answer Call(Received request, string[] path) => (request.Method, path) switch
    {
        ("GET", ["query"]) => Query(request.Query("q") ?? ""),
        ("GET", ["query", var cursor]) => NextPage(cursor),
        ("GET", ["sobjects", "User", "describe"]) => Describe(),
        ("GET", ["sobjects", var type, var id]) => new Answer(200, Find(type, id).DeepClone()),
        ("POST", ["sobjects", var type]) => new Answer(201, Created(Insert(type, request.Json!))),
        ("PATCH", ["sobjects", "User", "Provisioning_Id__c", var value]) => Upsert(value, request.Json!),
        ("PATCH", ["sobjects", var type, var id]) => Update(type, Find(type, id), request.Json!),
        ("POST", ["sobjects", "User", var id, "password"]) => SetPassword(Find("User", id), request.Json!),
        ("DELETE", ["sobjects", var type, var id]) => Delete(type, id),
        ("POST", ["composite", "sobjects"]) => InsertMany(request.Json!),
        ("DELETE", ["composite", "sobjects"]) => DeleteMany(request.Query("ids")!.Split(',')),
        _ => throw SalesforceRefusal.NotFound(),
    };

    private Answer Query(string soql)
    {
        var query = SoqlQuery.Parse(soql);
        foreach (var field in query.Fields.Concat(query.Compared))
            DemandKnown(query.From, field);
        return Page(query, 0);
    }

    private Answer NextPage(string cursor) =>
        _cursors.Remove(cursor, out var place) ? Page(place.Query, place.At) : throw new SalesforceRefusal(400, "INVALID_QUERY_LOCATOR", "invalid query locator");

    private Answer Page(SoqlQuery query, int start)
    {
        var all = Records(query.From).Where(record => query.Condition(field => Value(record, field)?.ToString())).Take(query.Limit).ToList();
        var page = new JsonObject { ["totalSize"] = all.Count, ["done"] = all.Count <= start + PageSize };
        if (all.Count > start + PageSize)
        {
            var cursor = $"01g{Guid.NewGuid():N}-{start + PageSize}";
            _cursors[cursor] = (query, start + PageSize);
            page["nextRecordsUrl"] = $"/services/data/v60.0/query/{cursor}";
        }

        page["records"] = new JsonArray([.. all.Skip(start).Take(PageSize).Select(record => Show(query, record))]);
        return new Answer(200, page);
    }

    private JsonObject Show(SoqlQuery query, JsonObject record)
    {
        var shown = new JsonObject { ["attributes"] = new JsonObject { ["type"] = query.From } };
        foreach (var field in query.Fields)
        {
            if (field.Split('.') is [var relation, var name])
                shown[relation] = Value(record, field) is { } value ? new JsonObject { [name] = value.DeepClone() } : null;
            else
                shown[field] = Value(record, field)?.DeepClone();
        }

        return shown;
    }

    /// <summary>A field of a record, or of the record that a reference leads to.</summary>
    private JsonNode? Value(JsonObject record, string path)
    {
        if (path.Split('.') is not [var relation, var name])
            return record.FirstOrDefault(field => field.Key.Equals(path, StringComparison.OrdinalIgnoreCase)).Value;
        var id = record[relation + "Id"]?.ToString();
        return id is null ? null : Records(relation).FirstOrDefault(other => Same(other["Id"]!.ToString(), id))?[name];
    }

    private static bool Same(string one, string other) => one[..Math.Min(15, one.Length)] == other[..Math.Min(15, other.Length)];
}
