using System.Text.Json.Nodes;
using Provisioning.FakeServers;

namespace Provisioning.Connectors.Google.Tests;

internal sealed partial class FakeGoogle
{
    private Answer GroupCall(Received request, string[] path) => (request.Method, path) switch
    {
        ("GET", []) => ListGroups(request),
        ("POST", []) => AddGroup(request.Json!),
        ("GET", [var key]) => new Answer(200, FindGroup(key).Show()),
        ("PATCH" or "PUT", [var key]) => ChangeGroup(FindGroup(key), request.Json!),
        ("DELETE", [var key]) => RemoveGroup(FindGroup(key)),
        ("GET", [var key, "members"]) => Page(request, "members", [.. FindGroup(key).Members.Select(Member)], 200, 200),
        ("POST", [var key, "members"]) => AddMember(FindGroup(key), request.Json!),
        ("DELETE", [var key, "members", var member]) => FindGroup(key).Members.Remove(member)
            ? new Answer(204)
            : throw GoogleError.Missing("memberKey"),
        _ => new Answer(404),
    };

    private FakeGroup FindGroup(string key) =>
        Groups.Find(group => group.Id == key || group.HasAddress(key)) ?? throw GoogleError.Missing("groupKey");

    private Answer ListGroups(Received request)
    {
        DemandCustomer(request);
        IEnumerable<FakeGroup> groups = Groups;
        if (request.Query("query") is { } query)
        {
            if (Query().Match(query) is not { Success: true } match || match.Groups[1].Value is not ("name" or "email"))
                throw GoogleError.Invalid("Invalid Input: query");
            var value = match.Groups[2].Value.Replace("\\'", "'", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
            groups = groups.Where(group => value.Equals(group.Body[match.Groups[1].Value]?.ToString(), StringComparison.OrdinalIgnoreCase));
        }

        return Page(request, "groups", [.. groups.Select(group => group.Show())], 200, 200);
    }

    private Answer AddGroup(JsonObject body)
    {
        DemandGroup(body);
        if (body["email"] is null)
            throw new GoogleError(400, "required", "Missing required field: email");
        DemandFree(body["email"]!.ToString());
        var group = new FakeGroup(NextId(), body);
        Groups.Add(group);
        return new Answer(200, group.Show());
    }

    private Answer ChangeGroup(FakeGroup group, JsonObject changes)
    {
        DemandGroup(changes);
        if (changes["email"]?.ToString() is { } address && address != group.Email)
        {
            DemandFree(address);
            group.Aliases.Add(group.Email);
        }

        Merge(group.Body, changes);
        return new Answer(200, group.Show());
    }

    private static void DemandGroup(JsonObject body)
    {
        GoogleRules.Fields(body, "email", "name", "description");
        if (body["description"]?.ToString() is { Length: > 4096 })
            throw GoogleError.Invalid("Invalid Input: description");
    }

    private Answer RemoveGroup(FakeGroup group)
    {
        Groups.Remove(group);
        return new Answer(204);
    }

    private Answer AddMember(FakeGroup group, JsonObject body)
    {
        GoogleRules.Fields(body, "id", "email", "role", "delivery_settings");
        if (body["role"]?.ToString() is not ("MEMBER" or "MANAGER" or "OWNER"))
            throw GoogleError.Invalid("Invalid Input: role");
        var key = (body["id"] ?? body["email"])?.ToString() ?? throw new GoogleError(400, "required", "Missing required field: memberKey");
        var user = Users.Find(candidate => candidate.Deleted is null && (candidate.Id == key || candidate.HasAddress(key)));
        if (user is null || time.GetUtcNow() - user.Created < MemberLag)
            throw GoogleError.Missing("memberKey");
        if (group.Members.Contains(user.Id))
            throw new GoogleError(409, "duplicate", "Member already exists.");
        group.Members.Add(user.Id);
        return new Answer(200, Member(user.Id));
    }

    private JsonObject Member(string id) => new()
    {
        ["kind"] = "admin#directory#member",
        ["id"] = id,
        ["email"] = Users.Find(user => user.Id == id)!.PrimaryEmail,
        ["role"] = "MEMBER",
        ["type"] = "USER",
    };
}
