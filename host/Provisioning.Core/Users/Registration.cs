using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Core.Users;

/// <summary>What one service provider said about one user. No other service provider can change it.</summary>
/// <param name="ServiceProvider">The name of the service provider.</param>
/// <param name="Attributes">The SCIM resource without <c>id</c>, <c>meta</c>, <c>groups</c> and <c>password</c>. Never mutated.</param>
/// <param name="Origin">How it came to be.</param>
/// <param name="Version">Counts from 1 what the service provider may see change: its own writes, and the user's memberships in its groups. The ETag.</param>
/// <param name="Created">When the service provider first named the user.</param>
/// <param name="Modified">When the service provider last changed it.</param>
public sealed record Registration(
    string ServiceProvider, JsonObject Attributes, RegistrationOrigin Origin, long Version, DateTimeOffset Created, DateTimeOffset Modified)
{
    // An entry of an index has its bounds, and a display name has none.
    private const int MostKey = 256;

    /// <summary>Unique among the users of the service provider, without regard to case. Empty for a trusted one that says something about somebody whom it does not name.</summary>
    public string UserName => Attributes["userName"]?.ToString() ?? "";

    public string? ExternalId => Attributes["externalId"]?.ToString();

    /// <summary>False only if SCIM's <c>active</c> says so.</summary>
    public bool Active => Attributes["active"] is not JsonValue value || !value.TryGetValue<bool>(out var active) || active;

    /// <summary>Nothing but that the user is not active: what stays of a trusted service provider that ends its registration of a leaver whom others know.</summary>
    public bool IsLeaver => !Active && Attributes.Count == 1;

    /// <summary>The first e-mail address, as it is compared; null if there is none.</summary>
    public string? EmailKey => Emails().FirstOrDefault();

    /// <summary>The display name, as it is compared; null if there is none.</summary>
    public string? DisplayNameKey => DisplayNameKeyOf(Attributes);

    /// <inheritdoc cref="DisplayNameKey" />
    public static string? DisplayNameKeyOf(JsonObject attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        return ScimAttributes.Text(attributes["displayName"]) is { Length: > 0 } name ? DisplayNameKeyOf(name) : null;
    }

    /// <summary>What display names have in common that may be the same one. Filters compare by upper case, names by lower case: the key is the same for what either of them takes for the same.</summary>
    public static string DisplayNameKeyOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var key = CanonicalText.KeyOf(name.ToUpperInvariant());
        return key.Length <= MostKey ? key : key[..MostKey];
    }

    /// <summary>A trusted service provider says it: what it says of a person confirms who the person is.</summary>
    public bool Confirms { get; init; }

    /// <summary>Further e-mail addresses and the employee number: the host finds the user by each of them.</summary>
    public IEnumerable<RegistrationValue> Values()
    {
        foreach (var email in Emails().Skip(1).Distinct(StringComparer.Ordinal).Where(x => x != EmailKey))
            yield return new RegistrationValue(RegistrationValueKind.Email, email);
        if (EmployeeNumber is { } number)
            yield return new RegistrationValue(RegistrationValueKind.EmployeeNumber, number);
    }

    /// <summary>The values by which a trusted service provider confirms who the person is.</summary>
    public IEnumerable<RegistrationValue> Confirmed() =>
        [.. Emails().Distinct(StringComparer.Ordinal).Select(x => new RegistrationValue(RegistrationValueKind.Email, x)), .. Values().Where(x => x.Kind == RegistrationValueKind.EmployeeNumber)];

    private string? EmployeeNumber =>
        (Attributes["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"] as JsonObject)?["employeeNumber"]?.ToString() is { Length: > 0 } number ? CanonicalText.KeyOf(number) : null;

    private IEnumerable<string> Emails() => Attributes["emails"] is JsonArray emails
        ? emails.Select(x => (x is JsonObject entry ? entry["value"] : x)?.ToString()).OfType<string>().Select(CanonicalText.KeyOf)
        : [];

    // Its size is asked for before it is stored, and to write it is a good part of what a new user costs.
    private Written? _written;

    /// <summary>The attributes as JSON, in ASCII.</summary>
    public string AttributesJson => (_written?.Attributes == Attributes ? _written : _written = new Written(Attributes, Attributes.ToJsonString())).Json;

    private sealed record Written(JsonObject Attributes, string Json);
}
