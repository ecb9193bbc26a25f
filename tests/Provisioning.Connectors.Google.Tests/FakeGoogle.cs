using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Provisioning.FakeServers;

namespace Provisioning.Connectors.Google.Tests;

/// <summary>
/// The token endpoint and the Directory API of one customer who owns <c>corp.example</c>: required and unknown fields,
/// uniqueness over users, aliases, groups and the recently deleted, scopes, token expiry, search and groups that lag behind.
/// </summary>
internal sealed partial class FakeGoogle(TimeProvider time) : FakeServer
{
    public const string Domain = "corp.example";
    public const string Admin = "admin@corp.example";
    public const string ServiceEmail = "svc@proj.iam.gserviceaccount.com";

    private static readonly TimeSpan s_undeletable = TimeSpan.FromDays(20);

    // Making one takes long, and every customer of the tests may have the same.
    private static readonly RSA s_key = RSA.Create(2048);

    private long _lastId = 100_000_000_000;

    public TokenIssuer Tokens { get; } = new(time);

    public List<FakeUser> Users { get; } = [];

    public List<FakeGroup> Groups { get; } = [];

    public HashSet<string> OrgUnits { get; } = new(["/", "/Staff"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the administrator console grants the scopes to the service account.</summary>
    public bool Delegated { get; set; } = true;

    /// <summary>Whether the administrator may manage users.</summary>
    public bool Privileged { get; set; } = true;

    /// <summary>How long a search does not know of a change.</summary>
    public TimeSpan SearchLag { get; set; }

    /// <summary>How long the group service does not know a new user.</summary>
    public TimeSpan MemberLag { get; set; }

    /// <summary>The longest page, to have several in a test.</summary>
    public int LongestPage { get; set; } = 500;

    public string ServiceAccountKey => new JsonObject
    {
        ["type"] = "service_account",
        ["project_id"] = "proj",
        ["private_key_id"] = "key-1",
        ["private_key"] = s_key.ExportPkcs8PrivateKeyPem(),
        ["client_email"] = ServiceEmail,
        ["client_id"] = "1140001",
        ["token_uri"] = Url + "/token",
    }.ToJsonString();

    protected override Answer Answer(Received request)
    {
        try
        {
            return request.Path == "/token" ? Token(request) : Directory(request);
        }
        catch (GoogleError error)
        {
            return error.Answer;
        }
    }

    private Answer Token(Received request)
    {
        if (request.Form("grant_type") != "urn:ietf:params:oauth:grant-type:jwt-bearer")
            return Refuse(400, "unsupported_grant_type", "Invalid grant_type");
        if (Tokens.Verify(request.Form("assertion"), s_key, TimeSpan.FromHours(1)) is not { } claims
            || claims["iss"]?.ToString() != ServiceEmail || claims["aud"]?.ToString() != Url + "/token" || claims["sub"]?.ToString() != Admin)
            return Refuse(400, "invalid_grant", "Invalid JWT Signature.");
        if (!Delegated)
            return Refuse(401, "unauthorized_client", "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.");
        if (claims["scope"]?.ToString().Contains("admin.directory.user", StringComparison.Ordinal) != true)
            return Refuse(400, "invalid_scope", "Invalid OAuth scope or ID token audience provided.");
        return new Answer(200, new JsonObject { ["access_token"] = Tokens.Issue(), ["expires_in"] = (int)Tokens.Lifetime.TotalSeconds, ["token_type"] = "Bearer" });
    }

    private static Answer Refuse(int status, string error, string description) =>
        new(status, new JsonObject { ["error"] = error, ["error_description"] = description });

    private Answer Directory(Received request)
    {
        if (!Tokens.IsValid(request.BearerToken))
            return GoogleError.Make(401, "authError", "Invalid Credentials");
        if (!Privileged)
            throw GoogleError.Forbidden();
        return request.Segments switch
        {
            ["admin", "directory", "v1", "users", .. var rest] => UserCall(request, rest),
            ["admin", "directory", "v1", "groups", .. var rest] => GroupCall(request, rest),
            ["admin", "directory", "v1", "customer", "my_customer", .. var rest] => CustomerCall(request, rest),
            _ => new Answer(404),
        };
    }

    private Answer CustomerCall(Received request, string[] path) => (request.Method, path) switch
    {
        ("GET", ["schemas"]) => new Answer(200, new JsonObject
        {
            ["kind"] = "admin#directory#schemas",
            ["schemas"] = new JsonArray(new JsonObject
            {
                ["schemaName"] = "Employment",
                ["fields"] = new JsonArray(new JsonObject { ["fieldName"] = "costCentre", ["fieldType"] = "STRING", ["multiValued"] = false }),
            }),
        }),
        ("GET", ["orgunits", .. var unit]) => OrgUnits.Contains("/" + string.Join('/', unit))
            ? new Answer(200, new JsonObject { ["orgUnitPath"] = "/" + string.Join('/', unit) })
            : throw new GoogleError(404, "notFound", "Org unit not found"),
        ("POST", ["orgunits"]) => AddUnit(request.Json!),
        _ => new Answer(404),
    };

    private Answer AddUnit(JsonObject body)
    {
        GoogleRules.Fields(body, "name", "parentOrgUnitPath", "description", "blockInheritance");
        var parent = body["parentOrgUnitPath"]?.ToString() ?? throw GoogleError.Invalid("Required: parentOrgUnitPath");
        if (!OrgUnits.Contains(parent))
            throw GoogleError.Invalid("INVALID_PARENT_OU_ID");
        var path = $"{parent.TrimEnd('/')}/{body["name"]}";
        return OrgUnits.Add(path) ? new Answer(200, new JsonObject { ["orgUnitPath"] = path }) : throw GoogleError.Duplicate();
    }

    private Answer Page(Received request, string collection, IReadOnlyList<JsonObject> all, int normal, int longest)
    {
        var size = request.Query("maxResults") is { } wish ? int.Parse(wish, System.Globalization.CultureInfo.InvariantCulture) : normal;
        if (size < 1 || size > longest)
            throw GoogleError.Invalid("Invalid value for: maxResults");
        size = Math.Min(size, LongestPage);
        var start = request.Query("pageToken") is { } token ? int.Parse(token, System.Globalization.CultureInfo.InvariantCulture) : 0;
        var page = new JsonObject { ["kind"] = $"admin#directory#{collection}" };
        // An empty list is not mentioned.
        if (all.Count > start)
            page[collection] = new JsonArray([.. all.Skip(start).Take(size)]);
        if (start + size < all.Count)
            page["nextPageToken"] = $"{start + size}";
        return new Answer(200, page);
    }

    private static void DemandCustomer(Received request)
    {
        if (request.Query("customer") is null && request.Query("domain") is null && request.Query("userKey") is null)
            throw new GoogleError(400, "badRequest", "Bad Request");
    }

    private string NextId() => $"{++_lastId}";

    private void DemandFree(string address, FakeUser? except = null)
    {
        if (!address.EndsWith("@" + Domain, StringComparison.OrdinalIgnoreCase))
            throw GoogleError.Forbidden();
        var now = time.GetUtcNow();
        var taken = Users.Any(user => user != except && user.HasAddress(address) && (user.Deleted is null || now - user.Deleted < s_undeletable))
            || Groups.Any(group => group.HasAddress(address));
        if (taken)
            throw GoogleError.Duplicate();
    }
}
