using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Salesforce;

/// <summary>What the organisation says about itself.</summary>
internal sealed partial class SalesforceConnector
{
    public async Task<IReadOnlyList<SchemaAttribute>> DescribeAsync(ResourceType type, OperationContext context, CancellationToken cancellationToken)
    {
        if (type == ResourceType.Group)
        {
            return
            [
                new(GroupFields.DisplayName, SchemaType.Text) { Required = true, Description = "another word for Name" },
                new("Name", SchemaType.Text) { Description = "at most 40 characters" },
                new("DeveloperName", SchemaType.Text) { ReadOnly = true, Description = "keeps the ownership marker" },
            ];
        }

        var description = await api.GetAsync("sobjects/User/describe", cancellationToken);
        return
        [
            .. description.Objects("fields").Select(Describe),
            new(UserFields.Profile, SchemaType.Text) { Description = "the name of the profile, instead of ProfileId" },
            new(UserFields.Role, SchemaType.Text) { Description = "the name of the role, instead of UserRoleId" },
            new(UserFields.PermissionSets, SchemaType.Text) { MultiValued = true, Description = "API names of all permission sets the user is to have" },
        ];
    }

    public async Task<string?> TestAsync(OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            var description = await api.GetAsync("sobjects/User/describe", cancellationToken);
            if (description.Flag("createable") != true)
                return "the integration user may not create users; give it the permission \"Manage Internal Users\"";
            var marker = description.Objects("fields")
                .FirstOrDefault(field => settings.MarkerField.Equals(field.Text("name"), StringComparison.OrdinalIgnoreCase));
            if (marker is null)
                return $"users have no field '{settings.MarkerField}', or the integration user may not see it; see markerField";
            return settings.Upsert && marker.Flag("externalId") != true && marker.Flag("idLookup") != true
                ? $"the field '{settings.MarkerField}' is no external id, which upsert needs"
                : null;
        }
        catch (ConnectorException failure)
        {
            return SalesforceAdvice.For(failure, settings);
        }
    }

    private static SchemaAttribute Describe(JsonObject field) => new(field.Text("name") ?? "", field.Text("type") switch
    {
        "boolean" => SchemaType.Boolean,
        "int" or "double" or "currency" or "percent" or "long" => SchemaType.Number,
        "date" or "datetime" or "time" => SchemaType.DateTime,
        "base64" => SchemaType.Binary,
        "address" or "location" => SchemaType.Complex,
        _ => SchemaType.Text,
    })
    {
        Required = field.Flag("nillable") == false && field.Flag("createable") == true && field.Flag("defaultedOnCreate") != true
            && field.Text("type") != "boolean",
        ReadOnly = field.Flag("createable") == false && field.Flag("updateable") == false,
        Description = field.Text("label"),
    };
}
