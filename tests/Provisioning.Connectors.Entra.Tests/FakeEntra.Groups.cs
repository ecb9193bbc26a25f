using System.Text.Json.Nodes;
using Provisioning.FakeServers;

namespace Provisioning.Connectors.Entra.Tests;

internal sealed partial class FakeEntra
{
    private Answer GroupCall(Received request, string[] path)
    {
        GraphRules.Select(path is [_, "members"] ? null : request.Query("$select"), ofUser: false);
        return (request.Method, path) switch
        {
            ("GET", []) => Page(request, Filter(request, Groups)),
            ("POST", []) => AddGroup(request.Json!),
            ("GET", [var key]) => new Answer(200, Find(Groups, key).Show(request.Query("$select"))),
            ("PATCH", [var key]) => ChangeGroup(Find(Groups, key), request.Json!),
            ("DELETE", [var key]) => RemoveGroup(Find(Groups, key)),
            ("GET", [var key, "members"]) => Page(request, Find(Groups, key).Members.Select(id => Users.Single(user => user.Id == id))),
            ("DELETE", [var key, "members", var member, "$ref"]) => Find(Groups, key).Members.Remove(member)
                ? new Answer(204)
                : throw GraphError.NotFound(member),
            _ => GraphError.Make(400, "BadRequest", "Resource not found for the segment."),
        };
    }

    private Answer AddGroup(JsonObject body)
    {
        GraphRules.Group(body);
        GraphRules.Required(body, "displayName", "mailEnabled", "mailNickname", "securityEnabled");
        var group = new DirectoryObject(body.DeepClone().AsObject(), time.GetUtcNow());
        Groups.Add(group);
        return new Answer(201, group.Show("id,displayName,description,mailNickname"));
    }

    private Answer ChangeGroup(DirectoryObject group, JsonObject body)
    {
        GraphRules.Group(body);
        if (body["members@odata.bind"] is JsonArray references)
            Bind(group, references);
        foreach (var (name, value) in body)
        {
            if (name != "members@odata.bind")
                group.Body[name] = value?.DeepClone();
        }

        return new Answer(204);
    }

    private void Bind(DirectoryObject group, JsonArray references)
    {
        if (references.Count > 20)
            throw GraphError.Bad("The limit of '20' has been exceeded for 'members@odata.bind'.");
        var ids = references.Select(reference => Find(Users, Referenced(reference!)).Id).ToList();
        if (ids.Exists(group.Members.Contains))
            throw GraphError.Bad("One or more added object references already exist for the following modified properties: 'members'.");
        group.Members.AddRange(ids);
    }

    private Answer RemoveGroup(DirectoryObject group)
    {
        Groups.Remove(group);
        return new Answer(204);
    }
}
