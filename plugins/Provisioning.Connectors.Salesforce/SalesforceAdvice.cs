namespace Provisioning.Connectors.Salesforce;

/// <summary>Says in a sentence what is wrong with a connection and where to set it right.</summary>
internal static class SalesforceAdvice
{
    public static string For(ConnectorException failure, SalesforceSettings settings) => failure.TargetCode switch
    {
        "400 invalid_grant" when failure.Message.Contains("approved", StringComparison.OrdinalIgnoreCase) =>
            $"'{settings.UserName}' has not approved the app: pre-authorise it by a permission set or profile in the policies of the external client app",
        "400 invalid_grant" when failure.Message.Contains("audience", StringComparison.OrdinalIgnoreCase) =>
            $"the audience '{settings.Audience}' is wrong: it is https://login.salesforce.com, or https://test.salesforce.com for a sandbox",
        "400 invalid_grant" =>
            $"Salesforce refused the grant: is '{settings.UserName}' right, the certificate of the app the one of this key, and the clock right? ({failure.Message})",
        "400 invalid_client_id" or "400 invalid_client" or "401 invalid_client" => $"Salesforce does not accept the app: check clientId and its secret ({failure.Message})",
        "400 inactive_user" => $"the integration user '{settings.UserName}' is inactive",
        "400 unsupported_grant_type" => "the organisation has switched this grant off; use \"jwt\"",
        "403 API_DISABLED_FOR_ORG" or "403 API_CURRENTLY_DISABLED" => "the API is switched off for this organisation or for the integration user",
        "403 REQUEST_LIMIT_EXCEEDED" => "the API calls of the last 24 hours are used up",
        "404" => $"'{settings.LoginUrl}' has no API in version {settings.ApiVersion}",
        _ => failure.Message,
    };
}
