namespace Provisioning.Connectors;

/// <summary>Keeps an update that is refused for one of its attributes from holding back who may sign in. Contract 1.3.</summary>
public static class AccessChange
{
    /// <inheritdoc cref="KeepAsync{T}" />
    public static Task KeepAsync(AccountDelta delta, Func<Task> update, Func<bool, Task> setEnabled) => KeepAsync(
        delta,
        async () =>
        {
            await update();
            return true;
        },
        setEnabled);

    /// <summary>Runs an update. When the target refuses its content, the account is still enabled or disabled as wanted, and the refusal is thrown.</summary>
    /// <param name="delta">What changes.</param>
    /// <param name="update">Writes all of it.</param>
    /// <param name="setEnabled">Writes only whether the account is enabled.</param>
    public static async Task<T> KeepAsync<T>(AccountDelta delta, Func<Task<T>> update, Func<bool, Task> setEnabled)
    {
        ArgumentNullException.ThrowIfNull(delta);
        ArgumentNullException.ThrowIfNull(update);
        ArgumentNullException.ThrowIfNull(setEnabled);
        try
        {
            return await update();
        }
        catch (ConnectorException refused) when (
            refused.Kind is FailureKind.Rejected or FailureKind.Conflict && delta is { Enabled: not null } and ({ Changes.Count: > 0 } or { Marker: not null }))
        {
            await setEnabled(delta.Enabled.Value);
            throw;
        }
    }
}
