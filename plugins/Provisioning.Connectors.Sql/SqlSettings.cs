using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Provisioning.Connectors.Sql;

/// <summary>The settings of a database with any layout of tables.</summary>
public sealed class SqlSettings
{
    [Description("\"postgresql\" or \"sqlite\".")]
    public SqlProvider Provider { get; set; }

    [Required]
    [Description("The connection string, without a password. A relative file of SQLite is below the data folder.")]
    public string ConnectionString { get; set; } = "";

    [Description("The password of the database user.")]
    public Secret? Password { get; set; }

    [Description("How long one statement may take.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    [Description("Whether transactions are serializable. Failures to serialize are retried.")]
    public bool Serializable { get; set; }

    [Description("Whether the database refuses a second account with the same name, so that creating need not search first.")]
    public bool NamesAreUnique { get; set; } = true;

    [Description("How many rows one execution of a 'list' statement with @limit gives.")]
    [Range(1, 100_000)]
    public int PageSize { get; set; } = 1000;

    [Description("The statements for accounts.")]
    public SqlUserSettings Users { get; set; } = new();

    [Description("The statements for groups. Without them the connector has no groups.")]
    public SqlGroupSettings Groups { get; set; } = new();
}
