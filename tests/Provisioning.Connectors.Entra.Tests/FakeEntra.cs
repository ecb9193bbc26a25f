using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Provisioning.FakeServers;

namespace Provisioning.Connectors.Entra.Tests;

/// <summary>
/// The token service and Microsoft Graph of one tenant that owns <c>corp.example</c>: known and required properties, uniqueness, answers
/// with only what is selected, an index that lags and wants to be asked for, objects that are not known everywhere at once, licences,
/// administrator roles, members that are added all or none.
/// </summary>
internal sealed partial class FakeEntra(TimeProvider time) : FakeServer
{
    public const string Tenant = "corp.onmicrosoft.com";
    public const string ClientId = "6f0f2a4e-0000-4000-8000-00000000c11e";
    public const string ClientSecret = "client-secret~value";
    public const string E3 = "05e9a617-0261-4cee-bb44-138d3ef5d965";
    public const string Power = "f30db892-07e9-47e9-837c-80727f46fd3d";
    public const string ByGroup = "b05e124f-c7cc-45a0-a6aa-8cf78c946968";

    // Making one takes long, and every tenant of the tests may have the same.
    private static readonly RSA s_key = RSA.Create(2048);

    private static readonly Dictionary<string, string> s_skus = new() { [E3] = "SPE_E3", [Power] = "FLOW_FREE", [ByGroup] = "EMSPREMIUM" };

    public TokenIssuer Tokens { get; } = new(time);

    public List<DirectoryObject> Users { get; } = [];

    public List<DirectoryObject> Groups { get; } = [];

    /// <summary>Whether the application was granted its permissions.</summary>
    public bool Consented { get; set; } = true;

    /// <summary>What the token service says of the client instead of answering, an AADSTS code.</summary>
    public string? LoginError { get; set; }

    /// <summary>How long the index does not know of a new user.</summary>
    public TimeSpan IndexLag { get; set; }

    /// <summary>How long a new object is not known when it is named by id.</summary>
    public TimeSpan ReplicationLag { get; set; }

    public int LongestPage { get; set; } = 999;

    /// <summary>How many licences of each subscription there are.</summary>
    public int Seats { get; set; } = int.MaxValue;

    /// <summary>The application's certificate with its key, in PEM.</summary>
    public static string Certificate(DateTimeOffset now)
    {
        var request = new CertificateRequest("CN=app", s_key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        return $"{certificate.ExportCertificatePem()}\n{s_key.ExportPkcs8PrivateKeyPem()}";
    }

    protected override Answer Answer(Received request)
    {
        try
        {
            if (request.Path == $"/{Tenant}/oauth2/v2.0/token")
                return Token(request);
            if (!Tokens.IsValid(request.BearerToken))
                return GraphError.Make(401, "InvalidAuthenticationToken", "Access token has expired or is not yet valid.");
            if (!Consented)
                throw GraphError.Denied();
            return request.Segments switch
            {
                ["v1.0", "users", .. var rest] => UserCall(request, rest),
                ["v1.0", "groups", .. var rest] => GroupCall(request, rest),
                ["v1.0", "subscribedSkus"] => new Answer(200, new JsonObject
                {
                    ["value"] = new JsonArray([.. s_skus.Select(sku => new JsonObject { ["skuId"] = sku.Key, ["skuPartNumber"] = sku.Value })]),
                }),
                _ => GraphError.Make(400, "BadRequest", "Resource not found for the segment."),
            };
        }
        catch (GraphError error)
        {
            return error.Answer;
        }
    }

    private Answer Token(Received request)
    {
        if (LoginError is not null)
            return Refuse(401, "invalid_client", $"{LoginError}: no. Trace ID: 1 Correlation ID: 2");
        if (request.Form("grant_type") != "client_credentials" || request.Form("client_id") != ClientId)
            return Refuse(400, "unauthorized_client", "AADSTS700016: Application was not found in the directory.");
        if (request.Form("scope") != Url + "/.default")
            return Refuse(400, "invalid_scope", "AADSTS1002012: The provided value for scope is not valid.");
        var proven = request.Form("client_assertion") is { } assertion
            ? Tokens.Verify(assertion, s_key, TimeSpan.FromMinutes(10)) is { } claims && claims["aud"]?.ToString() == $"{Url}/{Tenant}/oauth2/v2.0/token"
                && claims["iss"]?.ToString() == ClientId && claims["sub"]?.ToString() == ClientId
            : request.Form("client_secret") == ClientSecret;
        return proven
            ? new Answer(200, new JsonObject { ["access_token"] = Tokens.Issue(), ["expires_in"] = (int)Tokens.Lifetime.TotalSeconds, ["token_type"] = "Bearer" })
            : Refuse(401, "invalid_client", "AADSTS7000215: Invalid client secret provided.");
    }

    private static Answer Refuse(int status, string error, string description) =>
        new(status, new JsonObject { ["error"] = error, ["error_description"] = description });

    private Answer Page(Received request, IEnumerable<DirectoryObject> all)
    {
        var list = all.ToList();
        var size = request.Query("$top") is { } top ? int.Parse(top, CultureInfo.InvariantCulture) : 100;
        if (size is < 1 or > 999)
            throw GraphError.Bad("Invalid page size specified. Must be between 1 and 999 inclusive.");
        size = Math.Min(size, LongestPage);
        var start = request.Query("$skiptoken") is { } token ? int.Parse(token, CultureInfo.InvariantCulture) : 0;
        var page = new JsonObject { ["value"] = new JsonArray([.. list.Skip(start).Take(size).Select(item => item.Show(request.Query("$select")))]) };
        if (start + size < list.Count)
            page["@odata.nextLink"] = $"{Url}{request.Path}?$select={request.Query("$select")}&$top={size}&$skiptoken={start + size}";
        return new Answer(200, page);
    }

    private IEnumerable<DirectoryObject> Filter(Received request, IEnumerable<DirectoryObject> all)
    {
        if (request.Query("$filter") is not { } filter)
            return all;
        var indexed = filter.Contains("onPremisesExtensionAttributes/", StringComparison.Ordinal);
        if (indexed && (request.Headers.GetValueOrDefault("ConsistencyLevel") != "eventual" || request.Query("$count") != "true"))
            throw new GraphError(400, "Request_UnsupportedQuery", "Unsupported or invalid query filter clause specified for property of resource.");
        if (!Whole().IsMatch(filter))
            throw new GraphError(400, "BadRequest", "Invalid filter clause");
        var conditions = Condition().Matches(filter).Select(match =>
            (Path: match.Groups[1].Value, Value: match.Groups[2].Value.Replace("''", "'", StringComparison.Ordinal))).ToList();
        return all.Where(item => !indexed || time.GetUtcNow() - item.Created >= IndexLag)
            .Where(item => conditions.Any(condition => condition.Value.Equals(Value(item.Body, condition.Path), StringComparison.OrdinalIgnoreCase)));
    }

    private static string? Value(JsonObject body, string path)
    {
        JsonNode? node = body;
        foreach (var part in path.Split('/'))
            node = (node as JsonObject)?[part];
        return node?.ToString();
    }

    private DirectoryObject Find(List<DirectoryObject> all, string key) =>
        all.Find(item => item.Id == key && time.GetUtcNow() - item.Created >= ReplicationLag
            || key.Equals(item.Body["userPrincipalName"]?.ToString(), StringComparison.OrdinalIgnoreCase))
        ?? throw GraphError.NotFound(key);

    [GeneratedRegex(@"\A[\w/]+ eq '(?:[^']|'')*'(?: or [\w/]+ eq '(?:[^']|'')*')*\z")]
    private static partial Regex Whole();

    [GeneratedRegex(@"([\w/]+) eq '((?:[^']|'')*)'")]
    private static partial Regex Condition();
}
