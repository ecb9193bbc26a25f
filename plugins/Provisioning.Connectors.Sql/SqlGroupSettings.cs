using System.ComponentModel;

namespace Provisioning.Connectors.Sql;

/// <summary>The statements for groups.</summary>
public sealed class SqlGroupSettings : SqlObjectSettings
{
    [Description("Puts the account @member into the group @id; must do nothing when it is in already.")]
    public IReadOnlyList<string> AddMember { get; set; } = [];

    [Description("Takes the account @member out of the group @id.")]
    public IReadOnlyList<string> RemoveMember { get; set; } = [];

    [Description("Selects the account ids of the group @id, as the first column.")]
    public string? ListMembers { get; set; }
}
