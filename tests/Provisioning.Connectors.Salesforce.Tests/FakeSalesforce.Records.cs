using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.FakeServers;

namespace Provisioning.Connectors.Salesforce.Tests;

internal sealed partial class FakeSalesforce
{
    private static readonly Dictionary<string, (string Prefix, Dictionary<string, FieldRule> Fields)> s_types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["User"] = ("005", FieldRule.User),
        ["Group"] = ("00G", FieldRule.Group),
        ["GroupMember"] = ("011", FieldRule.Of("Id", "GroupId", "UserOrGroupId")),
        ["PermissionSetAssignment"] = ("0Pa", FieldRule.Of("Id", "AssigneeId", "PermissionSetId", "PermissionSetGroupId")),
        ["PermissionSet"] = ("0PS", FieldRule.Of("Id", "Name", "IsOwnedByProfile")),
        ["Profile"] = ("00e", FieldRule.Of("Id", "Name")),
        ["UserRole"] = ("00E", FieldRule.Of("Id", "Name")),
        ["UserLogin"] = ("0Yw", FieldRule.Of("Id", "UserId", "IsFrozen")),
    };

    private string Add(string type, JsonObject record)
    {
        var id = SalesforceIds.Make(s_types[type].Prefix, ++_lastId);
        record["Id"] = id;
        if (!_records.TryGetValue(type, out var list))
            _records[type] = list = [];
        list.Add(record);
        return id;
    }

    private static JsonObject Created(string id) => new() { ["id"] = id, ["success"] = true, ["errors"] = new JsonArray() };

    private JsonObject Find(string type, string id) =>
        Records(type).FirstOrDefault(record => Same(record["Id"]!.ToString(), id)) ?? throw SalesforceRefusal.NotFound();

    private static void DemandKnown(string type, string path)
    {
        if (!s_types.TryGetValue(type, out var known))
            throw new SalesforceRefusal(400, "INVALID_TYPE", $"sObject type '{type}' is not supported.");
        if (!path.Contains('.') && !known.Fields.ContainsKey(path))
            throw new SalesforceRefusal(400, "INVALID_FIELD", $"No such column '{path}' on entity '{type}'.");
    }

    private string Insert(string type, JsonObject body)
    {
        body = body.DeepClone().AsObject();
        body.Remove("attributes");
        Validate(type, body);
        var missing = s_types[type].Fields.Where(field => field.Value.Required && field.Key != "Id" && field.Key != "PermissionSetGroupId" && body[field.Key] is null)
            .Select(field => field.Key).ToArray();
        if (missing.Length > 0)
            throw new SalesforceRefusal(400, "REQUIRED_FIELD_MISSING", $"Required fields are missing: [{string.Join(", ", missing)}]", missing);
        Complete(type, body);
        DemandUnique(type, body, null);
        var id = Add(type, body);
        if (type == "User")
            Add("UserLogin", new JsonObject { ["UserId"] = id, ["IsFrozen"] = false });
        return id;
    }

    private void Complete(string type, JsonObject body)
    {
        switch (type)
        {
            case "User":
                body["IsActive"] ??= true;
                body["UserType"] = "Standard";
                body["CommunityNickname"] ??= $"nick{_lastId + 1}";
                if (body["IsActive"]!.GetValue<bool>())
                    DemandLicence();
                break;
            case "Group":
                body["Type"] = "Regular";
                body["DeveloperName"] ??= body["Name"]!.ToString().Replace(' ', '_');
                break;
            case "GroupMember":
                DemandReference(body, "GroupId", "Group");
                DemandReference(body, "UserOrGroupId", "User");
                break;
            case "PermissionSetAssignment":
                DemandReference(body, "AssigneeId", "User");
                DemandReference(body, "PermissionSetId", "PermissionSet");
                break;
            default:
                throw new SalesforceRefusal(400, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", $"entity type cannot be inserted: {type}");
        }
    }

    private void DemandReference(JsonObject body, string field, string type)
    {
        if (Records(type).All(record => !Same(record["Id"]!.ToString(), body[field]!.ToString())))
            throw new SalesforceRefusal(400, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", field);
    }

    private void DemandLicence()
    {
        if (Records("User").Count(user => user["IsActive"]!.GetValue<bool>()) >= Licences)
            throw new SalesforceRefusal(400, "LICENSE_LIMIT_EXCEEDED", "License Limit Exceeded");
    }

    private static void Validate(string type, JsonObject body)
    {
        foreach (var (name, value) in body)
        {
            if (!s_types[type].Fields.TryGetValue(name, out var rule))
                throw new SalesforceRefusal(400, "INVALID_FIELD", $"No such column '{name}' on sobject of type {type}");
            if (rule.ReadOnly)
                throw new SalesforceRefusal(400, "INVALID_FIELD_FOR_INSERT_UPDATE", $"Unable to create/update fields: {name}", name);
            if (value is null)
                continue;
            var text = value.ToString();
            if (rule.Type == "boolean" && value.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
                throw new SalesforceRefusal(400, "JSON_PARSER_ERROR", $"Cannot deserialize instance of boolean from '{text}'");
            if (rule.Length > 0 && text.Length > rule.Length)
                throw new SalesforceRefusal(400, "STRING_TOO_LONG", $"{name}: data value too large: (max length={rule.Length})", name);
            if ((rule.Type == "email" || name == "Username") && !text.Contains('@'))
                throw new SalesforceRefusal(400, "INVALID_EMAIL_ADDRESS", $"{name}: invalid email address: {text}", name);
            if (rule.Values.Length > 0 && !rule.Values.Contains(text))
                throw new SalesforceRefusal(400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", $"{name}: bad value for restricted picklist field: {text}", name);
        }
    }

    private void DemandUnique(string type, JsonObject body, JsonObject? except)
    {
        foreach (var (field, code) in UniqueFields(type))
        {
            if (body[field]?.ToString() is not { } value)
                continue;
            var taken = Records(type).Any(record => record != except && value.Equals(record[field]?.ToString(), StringComparison.OrdinalIgnoreCase));
            if (taken || (field == "Username" && TakenElsewhere.Contains(value)))
                throw new SalesforceRefusal(400, code, $"Duplicate {field}.", field);
        }

        var same = type switch
        {
            "GroupMember" => Records(type).Any(row => row["GroupId"]!.ToString() == body["GroupId"]?.ToString() && Same(row["UserOrGroupId"]!.ToString(), body["UserOrGroupId"]!.ToString())),
            "PermissionSetAssignment" => Records(type).Any(row => Same(row["AssigneeId"]!.ToString(), body["AssigneeId"]!.ToString()) && Same(row["PermissionSetId"]!.ToString(), body["PermissionSetId"]!.ToString())),
            _ => false,
        };
        if (same)
            throw new SalesforceRefusal(400, "DUPLICATE_VALUE", "duplicate value found");
    }

    private static (string Field, string Code)[] UniqueFields(string type) => type switch
    {
        "User" =>
        [
            ("Username", "DUPLICATE_USERNAME"), ("CommunityNickname", "DUPLICATE_COMM_NICKNAME"), ("FederationIdentifier", "DUPLICATE_VALUE"),
            ("Provisioning_Id__c", "DUPLICATE_VALUE"),
        ],
        "Group" => [("DeveloperName", "DUPLICATE_DEVELOPER_NAME")],
        _ => [],
    };

    private Answer Update(string type, JsonObject record, JsonObject body)
    {
        Validate(type == "UserLogin" ? "UserLogin" : type, body);
        if (type == "User" && body["IsActive"] is { } active)
        {
            if (!active.GetValue<bool>() && CannotBeDeactivated.Contains(record["Id"]!.ToString()))
                throw new SalesforceRefusal(400, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "You cannot deactivate this user: default lead owner");
            if (active.GetValue<bool>() && !record["IsActive"]!.GetValue<bool>())
                DemandLicence();
        }

        foreach (var (name, _) in body.Where(field => field.Value is null))
        {
            if (s_types[type].Fields[name].Required)
                throw new SalesforceRefusal(400, "REQUIRED_FIELD_MISSING", $"Required fields are missing: [{name}]", name);
        }

        if (type is "User" or "Group")
            DemandUnique(type, body, record);
        foreach (var (name, value) in body)
            record[name] = value?.DeepClone();
        return new Answer(204);
    }

    private Answer Upsert(string value, JsonObject body)
    {
        if (body.ContainsKey("Provisioning_Id__c"))
            throw new SalesforceRefusal(400, "INVALID_FIELD", "The Provisioning_Id__c field should not be specified in the sobject data.");
        if (Records("User").FirstOrDefault(user => user["Provisioning_Id__c"]?.ToString() == value) is { } present)
        {
            Update("User", present, body);
            return new Answer(200, Created(present["Id"]!.ToString()));
        }

        body = body.DeepClone().AsObject();
        body["Provisioning_Id__c"] = value;
        return new Answer(201, Created(Insert("User", body)));
    }

    private Answer SetPassword(JsonObject user, JsonObject body)
    {
        var password = body["NewPassword"]?.ToString() ?? "";
        if (password.Length < 8)
            throw new SalesforceRefusal(400, "INVALID_NEW_PASSWORD", "Your password must be at least 8 characters long.");
        Passwords[user["Id"]!.ToString()] = password;
        return new Answer(204);
    }

    private Answer Delete(string type, string id)
    {
        if (type == "User")
            throw new SalesforceRefusal(400, "CANNOT_DELETE_OR_UNDELETE", "User cannot be deleted");
        _records[type].Remove(Find(type, id));
        if (type == "Group")
            _records.GetValueOrDefault("GroupMember")?.RemoveAll(row => row["GroupId"]!.ToString() == id);
        return new Answer(204);
    }

    private Answer InsertMany(JsonObject body)
    {
        var records = body["records"]!.AsArray();
        if (records.Count > 200)
            throw new SalesforceRefusal(400, "EXCEEDED_ID_LIMIT", "record limit reached. cannot submit more than 200 records into this call");
        var results = new JsonArray();
        foreach (var record in records)
        {
            var type = record!["attributes"]?["type"]?.ToString() ?? throw new SalesforceRefusal(400, "INVALID_TYPE", "attributes.type is missing");
            try
            {
                results.Add((JsonNode)Created(Insert(type, record.AsObject())));
            }
            catch (SalesforceRefusal refusal)
            {
                results.Add((JsonNode)refusal.Record);
            }
        }

        return new Answer(200, results);
    }

    private Answer DeleteMany(string[] ids)
    {
        if (ids.Length > 200)
            throw new SalesforceRefusal(400, "EXCEEDED_ID_LIMIT", "record limit reached");
        var results = new JsonArray();
        foreach (var id in ids)
        {
            var type = s_types.Single(candidate => candidate.Value.Prefix == id[..3]).Key;
            var removed = _records.GetValueOrDefault(type)?.RemoveAll(record => Same(record["Id"]!.ToString(), id)) > 0;
            results.Add((JsonNode)(removed ? Created(id) : new SalesforceRefusal(404, "ENTITY_IS_DELETED", "entity is deleted").Record));
        }

        return new Answer(200, results);
    }

    private static Answer Describe()
    {
        var fields = FieldRule.User.Select(field => (JsonNode)new JsonObject
        {
            ["name"] = field.Key,
            ["label"] = field.Key,
            ["type"] = field.Value.Type,
            ["length"] = field.Value.Length,
            ["nillable"] = !field.Value.Required,
            ["createable"] = !field.Value.ReadOnly,
            ["updateable"] = !field.Value.ReadOnly,
            ["defaultedOnCreate"] = false,
            ["externalId"] = field.Value.ExternalId,
            ["idLookup"] = field.Value.ExternalId,
        });
        return new Answer(200, new JsonObject { ["name"] = "User", ["createable"] = true, ["fields"] = new JsonArray([.. fields]) });
    }
}
