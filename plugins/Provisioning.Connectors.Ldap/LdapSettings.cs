using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Provisioning.Connectors.Ldap;

/// <summary>The settings of an LDAP directory.</summary>
public sealed class LdapSettings
{
    [Required]
    [Description("The server's name as its certificate has it. One server, not a round robin: replicas lag behind each other.")]
    public string Host { get; set; } = "";

    [Description("The port; 389, or 636 for \"ldaps\", if not written.")]
    [Range(0, 65535)]
    public int Port { get; set; }

    [Description("\"startTls\", \"ldaps\", or \"none\" for clear text.")]
    public LdapSecurity Security { get; set; }

    [Description("A folder of PEM files with the authorities to trust, in place of the system's.")]
    public string? CaDirectory { get; set; }

    [Required]
    [Description("The distinguished name that the host binds as.")]
    public string BindDn { get; set; } = "";

    [Description("The password of 'bindDn'.")]
    public Secret? BindPassword { get; set; }

    [Description("How long one request may take.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    [Description("How many connections are kept.")]
    [Range(1, 64)]
    public int Connections { get; set; } = 4;

    [Description("Entries for each page of a listing; Active Directory allows up to 1000.")]
    [Range(1, 10_000)]
    public int PageSize { get; set; } = 500;

    [Description("\"openLdap\" or \"activeDirectory\": the defaults of what is not written.")]
    public DirectoryKind Directory { get; set; }

    [Description("The attribute that stays the same for good: entryUUID, or objectGUID in Active Directory.")]
    public string? IdAttribute { get; set; }

    [Description("Attributes whose values are bytes, written in base 64.")]
    public IReadOnlyList<string> BinaryAttributes { get; set; } = ["jpegPhoto", "thumbnailPhoto", "photo", "userCertificate;binary"];

    [Description("Where accounts are, and how they look.")]
    public LdapUserSettings Users { get; set; } = new();

    [Description("Where groups are, and how they look. Without a base the connector has no groups.")]
    public LdapGroupSettings Groups { get; set; } = new();
}
