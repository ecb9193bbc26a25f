using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim;

/// <summary>What a target says about itself in its <c>ServiceProviderConfig</c> (RFC 7643, section 5). Null where it says nothing.</summary>
internal sealed record ServerFeatures
{
    public static readonly ServerFeatures Unknown = new();

    public bool? Patch { get; init; }

    public bool? Bulk { get; init; }

    public int? BulkOperations { get; init; }

    public int? BulkPayload { get; init; }

    public bool? Filter { get; init; }

    public int? FilterResults { get; init; }

    public bool? ChangePassword { get; init; }

    public bool? ETags { get; init; }

    public bool? Cursor { get; init; }

    public bool? Index { get; init; }

    public int? PageSize { get; init; }

    public static ServerFeatures Read(JsonObject configuration) => new()
    {
        Patch = Supported(configuration, "patch"),
        Bulk = Supported(configuration, "bulk"),
        BulkOperations = Number(configuration, "bulk", "maxOperations"),
        BulkPayload = Number(configuration, "bulk", "maxPayloadSize"),
        Filter = Supported(configuration, "filter"),
        FilterResults = Number(configuration, "filter", "maxResults"),
        ChangePassword = Supported(configuration, "changePassword"),
        ETags = Supported(configuration, "etag"),
        Cursor = Flag(configuration, "pagination", "cursor"),
        Index = Flag(configuration, "pagination", "index"),
        PageSize = Number(configuration, "pagination", "maxPageSize"),
    };

    private static bool? Supported(JsonObject configuration, string feature) => Flag(configuration, feature, "supported");

    private static bool? Flag(JsonObject configuration, string feature, string name) =>
        bool.TryParse(Value(configuration, feature, name), out var flag) ? flag : null;

    private static int? Number(JsonObject configuration, string feature, string name) =>
        int.TryParse(Value(configuration, feature, name), out var number) && number > 0 ? number : null;

    private static string? Value(JsonObject configuration, string feature, string name) =>
        ScimAttributes.Find(configuration, feature) is JsonObject section ? ScimAttributes.Find(section, name)?.ToString() : null;
}
