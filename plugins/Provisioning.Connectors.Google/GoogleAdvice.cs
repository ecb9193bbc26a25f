namespace Provisioning.Connectors.Google;

/// <summary>Says in a sentence what is wrong with a connection and where to set it right.</summary>
internal static class GoogleAdvice
{
    public static string For(ConnectorException failure, GoogleSettings settings, ServiceAccount account) => failure.TargetCode switch
    {
        "401 unauthorized_client" =>
            $"the service account '{account.Email}' may not act for users: grant client id '{account.ClientId}' the scopes "
            + $"{string.Join(", ", GoogleScopes.For(settings))} in the Admin console under Security > API controls > Domain-wide delegation "
            + "(it may take up to a day to take effect)",
        "400 invalid_grant" =>
            $"Google refused the assertion for '{settings.AdminEmail}': does this administrator exist, is the key still valid, is the clock right? ({failure.Message})",
        "400 invalid_scope" => $"Google does not know one of the scopes {string.Join(", ", GoogleScopes.For(settings))}",
        "403 accessNotConfigured" => $"the Admin SDK API is switched off in the project of the service account; switch it on in the Cloud console ({failure.Message})",
        "403 forbidden" or "403 insufficientPermissions" =>
            $"'{settings.AdminEmail}' lacks the privilege to read users of customer '{settings.Customer}' ({failure.Message})",
        "403 domainCannotUseApis" => "the domain does not allow API access; switch it on in the Admin console",
        _ => failure.Message,
    };
}
