namespace Provisioning.Storage;

internal sealed class SqlSettingsStore(Database database) : ISettingsStore
{
    public Task<string?> GetAsync(string key, CancellationToken cancellationToken) =>
        database.ReadAsync(session => (string?)session.Scalar("SELECT value FROM settings WHERE key = @key", ("@key", key)), cancellationToken);

    public Task SetAsync(string key, string? value, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => value is null
                ? session.Execute("DELETE FROM settings WHERE key = @key", ("@key", key))
                : session.Execute(
                    "INSERT INTO settings (key, value) VALUES (@key, @value) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                    ("@key", key),
                    ("@value", value)),
            cancellationToken);
}
