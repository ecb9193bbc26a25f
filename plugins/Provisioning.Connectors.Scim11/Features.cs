using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim11;

/// <summary>What the target says of itself at <c>/ServiceProviderConfigs</c>, asked once an hour; the standard's full set when it says nothing.</summary>
internal sealed class Features(Scim11Settings settings, Scim11Transport transport, TimeProvider time)
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(1);

    private volatile Entry? _known;

    /// <summary>Whether changes travel as PATCH.</summary>
    public async Task<bool> PatchesAsync(OperationContext context, CancellationToken cancellationToken) =>
        settings.Update == "auto" ? (await GetAsync(context, cancellationToken)).Patches : settings.Update == "patch";

    public async Task<bool> FiltersAsync(OperationContext context, CancellationToken cancellationToken) =>
        (await GetAsync(context, cancellationToken)).Filters;

    public async Task<bool> ChangesPasswordsAsync(OperationContext context, CancellationToken cancellationToken) =>
        (await GetAsync(context, cancellationToken)).Passwords;

    /// <summary>Remembers that PATCH was refused altogether. False when the settings insist on it.</summary>
    public bool TryWithoutPatch()
    {
        if (settings.Update != "auto")
            return false;
        _known = (_known ?? new Entry(true, true, true, time.GetUtcNow() + s_lifetime)) with { Patches = false };
        return true;
    }

    private async Task<Entry> GetAsync(OperationContext context, CancellationToken cancellationToken)
    {
        if (_known is { } known && time.GetUtcNow() < known.Until)
            return known;
        var configuration = await AskAsync(context, cancellationToken);
        var entry = new Entry(
            Supports(configuration, "patch"), Supports(configuration, "filter"), Supports(configuration, "changePassword"), time.GetUtcNow() + s_lifetime);
        _known = entry;
        return entry;
    }

    private async Task<JsonObject?> AskAsync(OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            return (await transport.GetAsync("ServiceProviderConfigs", isItem: false, cancellationToken)).Json;
        }
        catch (ConnectorException refused) when (refused.TargetCode is not null && refused.Kind != FailureKind.Throttled)
        {
            context.Log($"the target does not tell what it can do ({refused.Message}); taking the standard");
            return null;
        }
    }

    private static bool Supports(JsonObject? configuration, string feature) =>
        configuration is null || ScimAttributes.Find(configuration, feature) is not JsonObject section
        || ScimResource.Text(section, "supported") != "false";

    private sealed record Entry(bool Patches, bool Filters, bool Passwords, DateTimeOffset Until);
}
