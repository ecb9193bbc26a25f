using System.ComponentModel;

namespace Provisioning.Connectors.Sql;

/// <summary>
/// The statements that accounts and groups have in common. Those that write are lists, run in order in one transaction; what
/// one returns is a parameter of the next.
/// </summary>
public abstract class SqlObjectSettings
{
    [Description("Selects the object with @id.")]
    public string? Get { get; set; }

    [Description("Selects the objects with the ownership marker @marker.")]
    public string? FindByMarker { get; set; }

    [Description("Selects the objects with the unique name @name.")]
    public string? FindByName { get; set; }

    [Description("Selects all objects; or, with @after and @limit, the next ones in the order of their ids.")]
    public string? List { get; set; }

    [Description("Inserts an object from its attributes, @marker and @enabled, and returns its id. @randomPassword and @randomPasswordHash are a password that nobody knows.")]
    public IReadOnlyList<string> Create { get; set; } = [];

    [Description("Writes all attributes to the object @id. Runs when something changed that 'set' does not cover.")]
    public IReadOnlyList<string> Update { get; set; } = [];

    [Description("By attribute, or attribute.sub-attribute: the statement that writes @value to the object @id when only this changed.")]
    public IReadOnlyDictionary<string, string> Set { get; set; } = new Dictionary<string, string>();

    [Description("Writes the ownership marker @marker to the object @id, when an object that was there already is adopted.")]
    public IReadOnlyList<string> SetMarker { get; set; } = [];

    [Description("Deletes the object @id.")]
    public IReadOnlyList<string> Delete { get; set; } = [];

    [Description("The column of the id.")]
    public string IdColumn { get; set; } = "id";

    [Description("The column of the ownership marker.")]
    public string MarkerColumn { get; set; } = "marker";
}
