using System.ComponentModel;

namespace Provisioning.Connectors.Sql;

/// <summary>The statements for accounts.</summary>
public sealed class SqlUserSettings : SqlObjectSettings
{
    [Description("Disables the account @id.")]
    public IReadOnlyList<string> Disable { get; set; } = [];

    [Description("Enables the account @id.")]
    public IReadOnlyList<string> Enable { get; set; } = [];

    [Description("Stores a password of the account @id: @passwordHash (PBKDF2 in Django's notation), or @password for a database that hashes itself.")]
    public IReadOnlyList<string> SetPassword { get; set; } = [];

    [Description("The column that says whether an account is enabled.")]
    public string EnabledColumn { get; set; } = "enabled";
}
