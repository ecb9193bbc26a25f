using System.ComponentModel;

namespace Provisioning.Connectors.Rest;

/// <summary>The operations that accounts and groups have in common.</summary>
public abstract class RestObjectSettings
{
    [Description("How the API writes an object.")]
    public RestShape Object { get; set; } = new();

    [Description("Finds the objects with the ownership marker $marker.")]
    public RestOperation? FindByMarker { get; set; }

    [Description("Finds the objects with the unique name $name.")]
    public RestOperation? FindByName { get; set; }

    [Description("Lists all objects, page by page when it has $page, $offset, $cursor, 'nextCursor' or 'nextLink'.")]
    public RestOperation? List { get; set; }

    [Description("Creates an object. $randomPassword of an account is a password that nobody knows.")]
    public RestOperation? Create { get; set; }

    [Description("Changes the object $id.")]
    public RestOperation? Update { get; set; }

    [Description("Writes the ownership marker $marker to the object $id, when an object that was there already is adopted and 'update' has no $marker.")]
    public RestOperation? SetMarker { get; set; }

    [Description("Deletes the object $id.")]
    public RestOperation? Delete { get; set; }
}
