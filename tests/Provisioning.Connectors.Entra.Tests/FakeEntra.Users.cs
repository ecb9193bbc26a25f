using System.Text.Json.Nodes;
using Provisioning.FakeServers;

namespace Provisioning.Connectors.Entra.Tests;

internal sealed partial class FakeEntra
{
    private Answer UserCall(Received request, string[] path)
    {
        GraphRules.Select(path.Contains("memberOf") ? null : request.Query("$select"), ofUser: true);
        return (request.Method, path) switch
        {
            ("GET", []) => Page(request, Filter(request, Users)),
            ("POST", []) => AddUser(request.Json!),
            ("GET", [var key]) => new Answer(200, Find(Users, key).Show(request.Query("$select"))),
            ("PATCH", [var key]) => ChangeUser(Find(Users, key), request.Json!),
            ("DELETE", [var key]) => RemoveUser(Find(Users, key)),
            ("POST", [var key, "revokeSignInSessions"]) => Revoke(Find(Users, key)),
            ("POST", [var key, "assignLicense"]) => AssignLicences(Find(Users, key), request.Json!),
            ("PUT", [var key, "manager", "$ref"]) => SetManager(Find(Users, key), request.Json!),
            ("DELETE", [var key, "manager", "$ref"]) => RemoveManager(Find(Users, key)),
            ("GET", [var key, "memberOf", "microsoft.graph.directoryRole"]) => Roles(Find(Users, key)),
            _ => GraphError.Make(400, "BadRequest", "Resource not found for the segment."),
        };
    }

    private Answer AddUser(JsonObject body)
    {
        GraphRules.User(body);
        GraphRules.Required(body, "accountEnabled", "displayName", "mailNickname", "passwordProfile", "userPrincipalName");
        DemandFree(body, null);
        var user = new DirectoryObject(body.DeepClone().AsObject(), time.GetUtcNow());
        TakePassword(user, user.Body);
        Users.Add(user);
        return new Answer(201, user.Show("id,displayName,userPrincipalName,givenName,surname,mail,jobTitle,mobilePhone,officeLocation"));
    }

    private Answer ChangeUser(DirectoryObject user, JsonObject body)
    {
        DemandNoRole(user);
        GraphRules.User(body);
        DemandFree(body, user);
        var changes = body.DeepClone().AsObject();
        TakePassword(user, changes);
        foreach (var (name, value) in changes.ToList())
        {
            if (value is JsonObject parts && user.Body[name] is JsonObject present)
            {
                foreach (var (part, text) in parts)
                    present[part] = text?.DeepClone();
            }
            else
            {
                user.Body[name] = value?.DeepClone();
            }
        }

        return new Answer(204);
    }

    private void DemandFree(JsonObject body, DirectoryObject? except)
    {
        if (body["userPrincipalName"]?.ToString() is not { } name)
            return;
        if (!name.EndsWith("@corp.example", StringComparison.OrdinalIgnoreCase))
            throw GraphError.Bad("The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.");
        if (Users.Any(user => user != except && name.Equals(user.Body["userPrincipalName"]?.ToString(), StringComparison.OrdinalIgnoreCase)))
            throw GraphError.Taken("userPrincipalName");
    }

    private static void TakePassword(DirectoryObject user, JsonObject body)
    {
        if (body["passwordProfile"] is not JsonObject profile)
            return;
        user.Password = profile["password"]?.ToString();
        user.PasswordWrites++;
        body.Remove("passwordProfile");
    }

    private static void DemandNoRole(DirectoryObject user)
    {
        if (user.Role is not null)
            throw GraphError.Denied();
    }

    private Answer RemoveUser(DirectoryObject user)
    {
        DemandNoRole(user);
        Users.Remove(user);
        foreach (var group in Groups)
            group.Members.Remove(user.Id);
        return new Answer(204);
    }

    private static Answer Revoke(DirectoryObject user)
    {
        user.Revocations++;
        return new Answer(200, new JsonObject { ["value"] = true });
    }

    private Answer AssignLicences(DirectoryObject user, JsonObject body)
    {
        var add = body["addLicenses"]!.AsArray().Select(licence => licence!["skuId"]!.ToString()).ToList();
        var remove = body["removeLicenses"]!.AsArray().Select(sku => sku!.ToString()).ToList();
        if (add.Count > 0 && user.Body["usageLocation"] is null)
            throw GraphError.Bad("License assignment cannot be done for user with invalid usage location.");
        foreach (var sku in add)
        {
            if (!s_skus.ContainsKey(sku))
                throw GraphError.Bad($"License {sku} does not correspond to a valid company License.");
            if (Users.Count(other => other.Licences.Contains(sku)) >= Seats)
                throw GraphError.Bad($"Subscription with SKU {sku} does not have any available licenses.");
        }

        if (remove.Find(sku => !user.Licences.Contains(sku)) is not null)
            throw GraphError.Bad("User does not have a corresponding license.");
        user.Licences.ExceptWith(remove);
        user.Licences.UnionWith(add);
        return new Answer(200, user.Show("id"));
    }

    private Answer SetManager(DirectoryObject user, JsonObject body)
    {
        user.Manager = Find(Users, Referenced(body["@odata.id"]!)).Id;
        return new Answer(204);
    }

    private static Answer RemoveManager(DirectoryObject user)
    {
        if (user.Manager is null)
            throw GraphError.NotFound("manager");
        user.Manager = null;
        return new Answer(204);
    }

    private static Answer Roles(DirectoryObject user) => new(200, new JsonObject
    {
        ["value"] = user.Role is null ? [] : new JsonArray(new JsonObject { ["id"] = Guid.NewGuid().ToString(), ["displayName"] = user.Role }),
    });

    private string Referenced(JsonNode reference)
    {
        var prefix = $"{Url}/v1.0/directoryObjects/";
        return reference.ToString() is { } text && text.StartsWith(prefix, StringComparison.Ordinal)
            ? text[prefix.Length..]
            : throw GraphError.Bad("Invalid URI in reference.");
    }
}
