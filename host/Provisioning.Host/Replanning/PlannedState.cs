using System.Text.Json;
using System.Text.Json.Serialization;
using Provisioning.Storage;

namespace Provisioning.Host.Replanning;

/// <summary>How far the planning of everybody is, as all hosts see it.</summary>
/// <param name="Phase">The last step that a host took.</param>
/// <param name="Revision">Of configuration and policies.</param>
/// <param name="Pass">The id of the pass over everybody; a host that begins from the start takes a new id. Null after somebody asked for a pass, and in states that earlier versions stored.</param>
internal sealed record PlannedState(PlannedPhase Phase, string Revision, string? Pass = null)
{
    private const string Key = "planned-revision";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static PlannedState Begin(string revision) => new(PlannedPhase.Begun, revision, Guid.CreateVersion7().ToString("n"));

    public static async Task<PlannedState?> LoadAsync(ISettingsStore settings, CancellationToken cancellationToken) =>
        await settings.GetAsync(Key, cancellationToken) is { } text ? JsonSerializer.Deserialize<PlannedState>(text, Json) : null;

    public Task SaveAsync(ISettingsStore settings, CancellationToken cancellationToken) =>
        settings.SetAsync(Key, JsonSerializer.Serialize(this, Json), cancellationToken);
}
