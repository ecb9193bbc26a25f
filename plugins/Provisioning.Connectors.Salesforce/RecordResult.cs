using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Salesforce;

/// <summary>What became of one record of a collection.</summary>
/// <param name="Id">Its id, when it succeeded.</param>
/// <param name="Error">Why it did not, else null.</param>
internal sealed record RecordResult(string? Id, SalesforceError? Error)
{
    public static RecordResult Read(JsonNode? node)
    {
        if (node is not JsonObject result)
            return new RecordResult(null, new SalesforceError("UNKNOWN_EXCEPTION", "the result is no object", []));
        if (result.Flag("success") == true)
            return new RecordResult(result.Id(), null);
        return new RecordResult(null, result.Objects("errors") is [var first, ..]
            ? SalesforceError.Read(first)
            : new SalesforceError("UNKNOWN_EXCEPTION", "the record failed without a reason", []));
    }
}
