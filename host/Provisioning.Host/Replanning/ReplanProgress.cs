using System.Text.Json;
using Provisioning.Storage;

namespace Provisioning.Host.Replanning;

/// <summary>How far a replan has come, so that a host that starts again goes on from there.</summary>
/// <param name="Revision">Of configuration and policies that are planned with.</param>
/// <param name="AfterUser">All users up to this id are done; null at the start.</param>
/// <param name="AfterGroup">The same for groups, which come after all users.</param>
/// <param name="AfterLeftBehind">The same for assignments that somebody left behind, which come last.</param>
/// <param name="Agreed">All hosts ran with the revision when it began.</param>
internal sealed record ReplanProgress(
    string Revision, string? AfterUser = null, string? AfterGroup = null, bool Agreed = false, string? AfterLeftBehind = null)
{
    private const string Key = "replan-progress";

    public static async Task<ReplanProgress?> LoadAsync(ISettingsStore settings, CancellationToken cancellationToken) =>
        await settings.GetAsync(Key, cancellationToken) is { } text ? JsonSerializer.Deserialize<ReplanProgress>(text) : null;

    public Task SaveAsync(ISettingsStore settings, CancellationToken cancellationToken) =>
        settings.SetAsync(Key, JsonSerializer.Serialize(this), cancellationToken);

    public static Task ClearAsync(ISettingsStore settings, CancellationToken cancellationToken) => settings.SetAsync(Key, null, cancellationToken);
}
