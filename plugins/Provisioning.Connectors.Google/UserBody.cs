using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Google;

/// <summary>Builds and reads users.</summary>
internal static class UserBody
{
    /// <summary>Aliases have calls of their own; in a user they are read-only.</summary>
    public const string Aliases = "aliases";

    private const string Password = "password";

    public static JsonObject Create(NewAccount account)
    {
        var body = new JsonObject();
        foreach (var (name, value) in account.Attributes)
        {
            if (value is null || name == Aliases)
                continue;
            GoogleSchema.DemandWritable(name);
            body[name] = value.DeepClone();
        }

        if (body["externalIds"] is not JsonArray ids)
            body["externalIds"] = ids = [];
        ids.Add((JsonNode)OwnershipMark.ForUser(account.OwnershipMarker));
        // Google wants one; nobody knows it, so the user comes in through single sign-on or a reset.
        if (body[Password] is null)
            body[Password] = RandomPassword.Make().Reveal();
        if (!account.Enabled)
            body["suspended"] = true;
        return body;
    }

    public static JsonObject Patch(AccountDelta delta, Action<string> log)
    {
        var patch = new JsonObject();
        foreach (var change in delta.Changes)
        {
            if (change.Attribute is Password or "hashFunction")
                log("a password is only set at creation or by a password operation; the change is left out");
            else if (change.Attribute != Aliases)
                Write(patch, change);
        }

        if (delta.Enabled is { } enabled)
            patch["suspended"] = !enabled;
        return patch;
    }

    /// <summary>The account as a mapping would have written it, or null when it has no id.</summary>
    public static Account? Read(JsonObject user)
    {
        if (user.Id() is not { } id)
            return null;
        var attributes = user.DeepClone().AsObject();
        if (attributes["externalIds"] is JsonArray ids)
        {
            ids.RemoveAll(OwnershipMark.IsMark);
            if (ids.Count == 0)
                attributes.Remove("externalIds");
        }

        return new Account(id, attributes, user.Flag("suspended") is { } suspended ? !suspended : null) { OwnershipMarker = OwnershipMark.ReadUser(user) };
    }

    private static void Write(JsonObject patch, AttributeChange change)
    {
        GoogleSchema.DemandWritable(change.Attribute);
        var value = change.Value?.DeepClone();
        if (change.SubAttribute is not { } sub)
        {
            patch[change.Attribute] = value ?? GoogleSchema.Cleared(change.Attribute);
            return;
        }

        if (patch[change.Attribute] is not JsonObject owner)
            patch[change.Attribute] = owner = [];
        // Parts of a name are texts, and Google takes no null for those.
        owner[sub] = value ?? (change.Attribute == "name" ? "" : null);
    }
}
