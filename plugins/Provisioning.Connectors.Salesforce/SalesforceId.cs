namespace Provisioning.Connectors.Salesforce;

/// <summary>Ids come in 15 characters or, with a check suffix, in 18.</summary>
internal static class SalesforceId
{
    private const int Length = 15;

    /// <summary>What two notations of one id have in common.</summary>
    public static string Short(string id) => id.Length > Length ? id[..Length] : id;
}
