namespace Provisioning.Connectors.Salesforce.Tests;

/// <summary>One field of an object as the organisation describes it.</summary>
/// <param name="Type">Salesforce's word for the kind of value.</param>
/// <param name="Length">The longest text, or 0.</param>
internal sealed record FieldRule(string Type, int Length = 0)
{
    public bool Required { get; init; }

    public bool ReadOnly { get; init; }

    public bool ExternalId { get; init; }

    /// <summary>The values of a restricted picklist, or none.</summary>
    public string[] Values { get; init; } = [];

    public static Dictionary<string, FieldRule> User { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Id"] = new("id", 18) { ReadOnly = true },
        ["Username"] = new("string", 80) { Required = true },
        ["LastName"] = new("string", 80) { Required = true },
        ["FirstName"] = new("string", 40),
        ["Email"] = new("email", 128) { Required = true },
        ["Alias"] = new("string", 8) { Required = true },
        ["CommunityNickname"] = new("string", 40),
        ["ProfileId"] = new("reference", 18) { Required = true },
        ["UserRoleId"] = new("reference", 18),
        ["ManagerId"] = new("reference", 18),
        ["TimeZoneSidKey"] = new("picklist", 40) { Required = true, Values = ["Europe/Vienna", "Europe/London", "America/New_York"] },
        ["LocaleSidKey"] = new("picklist", 40) { Required = true, Values = ["de_AT", "en_GB", "en_US"] },
        ["LanguageLocaleKey"] = new("picklist", 40) { Required = true, Values = ["de", "en_US"] },
        ["EmailEncodingKey"] = new("picklist", 40) { Required = true, Values = ["UTF-8", "ISO-8859-1"] },
        ["IsActive"] = new("boolean"),
        ["Title"] = new("string", 80),
        ["Department"] = new("string", 80),
        ["EmployeeNumber"] = new("string", 20),
        ["FederationIdentifier"] = new("string", 512),
        ["Provisioning_Id__c"] = new("string", 60) { ExternalId = true },
        ["UserType"] = new("picklist", 40) { ReadOnly = true },
        ["SystemModstamp"] = new("datetime") { ReadOnly = true },
    };

    public static Dictionary<string, FieldRule> Group { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Id"] = new("id", 18) { ReadOnly = true },
        ["Name"] = new("string", 40) { Required = true },
        ["DeveloperName"] = new("string", 80),
        ["Type"] = new("picklist", 40) { ReadOnly = true },
    };

    public static Dictionary<string, FieldRule> Of(params string[] references) =>
        references.ToDictionary(name => name, _ => new FieldRule("reference", 18) { Required = true }, StringComparer.OrdinalIgnoreCase);
}
