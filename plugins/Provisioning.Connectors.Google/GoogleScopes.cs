namespace Provisioning.Connectors.Google;

/// <summary>What the service account asks for; all of it has to be granted in the administrator console.</summary>
internal static class GoogleScopes
{
    private const string Prefix = "https://www.googleapis.com/auth/admin.directory.";

    public static IReadOnlyList<string> For(GoogleSettings settings)
    {
        if (settings.Scopes.Count > 0)
            return settings.Scopes;
        List<string> scopes = [Prefix + "user", Prefix + "group", Prefix + "group.member", Prefix + "userschema.readonly"];
        if (settings.CreateOrgUnits)
            scopes.Add(Prefix + "orgunit");
        if (settings.SignOutOnDisable)
            scopes.Add(Prefix + "user.security");
        return scopes;
    }
}
