using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Salesforce;

/// <summary>Turns attributes into fields of <c>Group</c> and back. Our marker is the developer name, which is unique and nobody sees.</summary>
internal static class GroupFields
{
    public const string DisplayName = "displayName";
    public const string Selected = "Id, Name, DeveloperName";

    private const string Name = "Name";
    private const string Prefix = "Provisioning_";

    public static JsonObject Create(NewAccount group) => new()
    {
        [Name] = group.Attributes.Text(Name) ?? group.Attributes.Text(DisplayName),
        ["DeveloperName"] = Marker(group.OwnershipMarker),
    };

    public static JsonObject Patch(AccountDelta delta)
    {
        var body = new JsonObject();
        foreach (var change in delta.Changes)
        {
            if (change.Attribute is not (Name or DisplayName))
                throw new ConnectorException(FailureKind.Rejected, $"a group has no attribute '{change.Attribute}'");
            body[Name] = change.Value?.DeepClone();
        }

        if (delta.Marker is { } marker)
            body["DeveloperName"] = Marker(marker);
        return body;
    }

    public static Account Read(JsonObject record)
    {
        var id = record.Id("Id") ?? throw new ConnectorException(FailureKind.Transient, "the listing has a group without an id");
        var name = record.Text(Name);
        return new Account(id, new JsonObject { [Name] = name, [DisplayName] = name, ["DeveloperName"] = record.Text("DeveloperName") });
    }

    public static AccountOwnership Judge(JsonObject record, string marker) => record.Text("DeveloperName") switch
    {
        { } found when found == Marker(marker) => AccountOwnership.Ours,
        { } found when found.StartsWith(Prefix, StringComparison.Ordinal) => AccountOwnership.Foreign,
        _ => AccountOwnership.Unowned,
    };

    /// <summary>Developer names take letters, digits and single underscores.</summary>
    public static string Marker(string marker) => Prefix + string.Concat(marker.Where(char.IsAsciiLetterOrDigit));
}
