namespace Provisioning.Connectors.Entra;

/// <summary>Says in a sentence what is wrong with a connection and where to set it right.</summary>
internal static class EntraAdvice
{
    private static readonly (string Code, string Advice)[] s_known =
    [
        ("AADSTS7000215", "the client secret is wrong: it is the value of the secret that is needed, not its id"),
        ("AADSTS7000222", "the client secret has expired; make a new one"),
        ("AADSTS700027", "the certificate is not the one that the application knows, or it has expired"),
        ("AADSTS700016", "the tenant has no application with this clientId"),
        ("AADSTS90002", "there is no such tenant; check tenantId and cloud"),
        ("AADSTS7000112", "the application is switched off in the tenant"),
        ("AADSTS53003", "a conditional access policy keeps the application out"),
    ];

    public static string For(ConnectorException failure) => failure.TargetCode switch
    {
        "403 Authorization_RequestDenied" =>
            "the application lacks a permission: grant User.ReadWrite.All and Group.ReadWrite.All as application permissions, with admin consent "
            + $"({failure.Message})",
        _ => s_known.FirstOrDefault(known => failure.Message.Contains(known.Code, StringComparison.Ordinal)) is { Advice: { } advice }
            ? $"{advice} ({failure.Message})"
            : failure.Message,
    };
}
