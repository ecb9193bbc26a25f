using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Provisioning.FakeServers;

namespace Provisioning.Connectors.Google.Tests;

internal sealed partial class FakeGoogle
{
    private const int MostAliases = 30;

    private Answer UserCall(Received request, string[] path) => (request.Method, path) switch
    {
        ("GET", []) => ListUsers(request),
        ("POST", []) => AddUser(request.Json),
        ("GET", [var key]) => new Answer(200, Find(key).Show()),
        ("PATCH" or "PUT", [var key]) => ChangeUser(Find(key), request.Json),
        ("DELETE", [var key]) => RemoveUser(Find(key)),
        ("POST", [var id, "undelete"]) => Undelete(id, request.Json!),
        ("POST", [var key, "signOut"]) => SignOut(Find(key)),
        ("POST", [var key, "aliases"]) => AddAlias(Find(key), request.Json!),
        ("DELETE", [var key, "aliases", var alias]) => Find(key).Aliases.Remove(alias)
            ? new Answer(204)
            : throw GoogleError.Missing("resource_id"),
        _ => new Answer(404),
    };

    private FakeUser Find(string key)
    {
        if (key.Contains('@') && !key.EndsWith("@" + Domain, StringComparison.OrdinalIgnoreCase))
            throw GoogleError.Forbidden();
        return Users.Find(user => user.Deleted is null && (user.Id == key || user.HasAddress(key))) ?? throw GoogleError.Missing("userKey");
    }

    private Answer ListUsers(Received request)
    {
        DemandCustomer(request);
        var deleted = request.Query("showDeleted") == "true";
        var now = time.GetUtcNow();
        var users = Users.Where(user => deleted ? user.Deleted is { } at && now - at < s_undeletable : user.Deleted is null);
        if (request.Query("query") is { } query)
        {
            if (Query().Match(query) is not { Success: true } match || match.Groups[1].Value != "externalId")
                throw GoogleError.Invalid("Invalid Input: query");
            var value = match.Groups[2].Value.Replace("\\'", "'", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
            users = users.Where(user => now - user.Created >= SearchLag)
                .Where(user => (user.Body["externalIds"] as JsonArray ?? []).Any(id => id!["value"]?.ToString() == value));
        }

        return Page(request, "users", [.. users.OrderBy(user => user.PrimaryEmail, StringComparer.Ordinal).Select(user => user.Show())], 100, 500);
    }

    private Answer AddUser(JsonObject? sent)
    {
        var body = GoogleRules.User(sent);
        foreach (var (field, value) in new[]
        {
            ("primaryEmail", body["primaryEmail"]), ("password", body["password"]),
            ("name", body["name"]), ("givenName", body["name"]?["givenName"]), ("familyName", body["name"]?["familyName"]),
        })
        {
            if (value is null)
                throw new GoogleError(400, "required", $"Missing required field: {field}");
        }

        DemandFree(body["primaryEmail"]!.ToString());
        DemandUnit(body);
        body["orgUnitPath"] ??= "/";
        body["suspended"] ??= false;
        var user = new FakeUser(NextId(), body, time.GetUtcNow());
        TakePassword(user, body);
        Users.Add(user);
        return new Answer(200, user.Show());
    }

    private Answer ChangeUser(FakeUser user, JsonObject? sent)
    {
        var changes = GoogleRules.User(sent);
        if (changes["primaryEmail"]?.ToString() is { } address && !address.Equals(user.PrimaryEmail, StringComparison.OrdinalIgnoreCase))
        {
            DemandFree(address, user);
            user.Aliases.Add(user.PrimaryEmail);
            user.Aliases.Remove(address);
        }

        DemandUnit(changes);
        TakePassword(user, changes);
        foreach (var (name, value) in changes)
        {
            if (value is JsonObject parts && user.Body[name] is JsonObject present)
                Merge(present, parts);
            else
                user.Body[name] = value!.DeepClone();
        }

        return new Answer(200, user.Show());
    }

    private static void Merge(JsonObject present, JsonObject parts)
    {
        foreach (var (name, value) in parts)
            present[name] = value?.DeepClone();
    }

    private static void TakePassword(FakeUser user, JsonObject body)
    {
        if (body["password"] is not { } password)
            return;
        user.Password = password.ToString();
        user.PasswordWrites++;
        body.Remove("password");
        body.Remove("hashFunction");
    }

    private Answer RemoveUser(FakeUser user)
    {
        user.Deleted = time.GetUtcNow();
        foreach (var group in Groups)
            group.Members.Remove(user.Id);
        return new Answer(204);
    }

    private Answer Undelete(string id, JsonObject body)
    {
        GoogleRules.Fields(body, "orgUnitPath");
        DemandUnit(body);
        // Only by id, never by address.
        var user = Users.Find(candidate => candidate.Id == id && candidate.Deleted is { } at && time.GetUtcNow() - at < s_undeletable)
            ?? throw GoogleError.Missing("userKey");
        user.Deleted = null;
        user.Body["orgUnitPath"] = body["orgUnitPath"]?.ToString() ?? "/";
        return new Answer(204);
    }

    private static Answer SignOut(FakeUser user)
    {
        user.SignOuts++;
        return new Answer(204);
    }

    private Answer AddAlias(FakeUser user, JsonObject body)
    {
        GoogleRules.Fields(body, "alias");
        var alias = body["alias"]!.ToString();
        DemandFree(alias);
        if (user.Aliases.Count >= MostAliases)
            throw new GoogleError(412, "limitExceeded", "Limit reached.");
        user.Aliases.Add(alias);
        return new Answer(200, new JsonObject { ["kind"] = "admin#directory#alias", ["alias"] = alias, ["id"] = user.Id, ["primaryEmail"] = user.PrimaryEmail });
    }

    private void DemandUnit(JsonObject body)
    {
        if (body["orgUnitPath"]?.ToString() is { } path && !OrgUnits.Contains(path))
            throw GoogleError.Invalid("Invalid Input: INVALID_OU_ID");
    }

    [GeneratedRegex(@"\A(\w+)='((?:[^'\\]|\\.)*)'\z")]
    private static partial Regex Query();
}
