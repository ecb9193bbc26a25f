namespace Provisioning.Connectors.Scim;

/// <summary>How to speak to one target: the switches where they decide, what the target says of itself otherwise, else the standard.</summary>
internal sealed class Dialect(DialectSwitches switches, ServerFeatures features)
{
    private const int UsualPage = 100;

    public UpdateStyle Update => Style(switches.Update);

    public UpdateStyle GroupUpdate => Style(switches.GroupUpdate ?? switches.Update);

    /// <summary>Whether the style is the target's own word or nobody's, so that a refusal of PATCH may change it.</summary>
    public bool UpdateIsOpen => switches.Update is null && switches.GroupUpdate is null;

    public bool HasTrailingSlash => switches.TrailingSlash ?? false;

    public bool HasGroups => switches.Groups ?? true;

    public string RemoveMembers => switches.RemoveMembers ?? "filter";

    public int MemberBatch => switches.MemberBatch ?? 100;

    public string MembersFrom => switches.MembersFrom ?? "group";

    public IReadOnlyList<string>? GroupAttributes => switches.GroupAttributes;

    public IReadOnlyList<string> SingleValued => switches.SingleValued ?? [];

    public IReadOnlyList<string> UniqueTypes => switches.UniqueTypes ?? [];

    public IReadOnlyList<string> Excluded => switches.Excluded ?? [];

    public IReadOnlyList<string> Required => switches.Required ?? [];

    public string Removal => switches.Removal ?? "remove";

    public bool StringBooleans => switches.StringBooleans ?? false;

    public bool CreatesDisabled => switches.CreateDisabled ?? true;

    public string? DisabledAttribute => switches.DisabledAttribute;

    public bool SendsRandomPassword => switches.PasswordOnCreate == "random";

    public bool ChangesPasswords => switches.ChangePassword ?? features.ChangePassword ?? true;

    /// <summary>How many operations a bulk request may have; 0 when there are none.</summary>
    public int BulkOperations => switches.Bulk ?? features.Bulk ?? false ? features.BulkOperations ?? 100 : 0;

    public int BulkPayload => features.BulkPayload ?? 1024 * 1024;

    public bool UsesVersions => switches.Versions ?? features.ETags ?? true;

    public bool HasFilters => switches.Filter ?? features.Filter ?? true;

    public bool UsesCursors => switches.Paging is { } paging ? paging == "cursor" : features is { Cursor: true, Index: not true };

    public int PageSize => switches.PageSize ?? Math.Min(UsualPage, Math.Min(features.PageSize ?? UsualPage, features.FilterResults ?? UsualPage));

    public bool CanFilter(string attribute) =>
        HasFilters && switches.FilterAttributes?.Contains(attribute, StringComparer.OrdinalIgnoreCase) != false;

    private UpdateStyle Style(string? name) => name switch
    {
        "put" => UpdateStyle.Put,
        "pathless" => UpdateStyle.Pathless,
        "dotted" => UpdateStyle.Dotted,
        "path" => UpdateStyle.Path,
        _ => features.Patch == false ? UpdateStyle.Put : UpdateStyle.Path,
    };
}
