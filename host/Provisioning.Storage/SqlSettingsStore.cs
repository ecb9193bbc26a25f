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

    public Task<bool> ReplaceAsync(string key, string? read, string? value, CancellationToken cancellationToken) =>
        database.WriteAsync(session => Replace(session, key, read, value), cancellationToken);

    private static bool Replace(SqlSession session, string key, string? read, string? value) => (read, value) switch
    {
        (null, null) => session.Scalar("SELECT value FROM settings WHERE key = @key", ("@key", key)) is null,
        (null, _) => session.Execute(
            "INSERT INTO settings (key, value) VALUES (@key, @value) ON CONFLICT (key) DO NOTHING", ("@key", key), ("@value", value)) > 0,
        (_, null) => session.Execute("DELETE FROM settings WHERE key = @key AND value = @read", ("@key", key), ("@read", read)) > 0,
        _ => session.Execute(
            "UPDATE settings SET value = @value WHERE key = @key AND value = @read", ("@key", key), ("@read", read), ("@value", value)) > 0,
    };
}
