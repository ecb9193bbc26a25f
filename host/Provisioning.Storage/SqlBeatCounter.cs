using System.Globalization;

namespace Provisioning.Storage;

internal sealed class SqlBeatCounter(Database database) : IBeatCounter
{
    private const string Key = "beats";

    public Task<long> ReadAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => Number(session.Scalar("SELECT value FROM settings WHERE key = @key", ("@key", Key))), cancellationToken);

    public Task<long> AdvanceAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => Number(session.Scalar(
                """
                INSERT INTO settings (key, value) VALUES (@key, '1')
                ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(settings.value AS BIGINT) + 1 AS TEXT)
                RETURNING value
                """,
                ("@key", Key))),
            cancellationToken);

    private static long Number(object? value) => value is string text ? long.Parse(text, CultureInfo.InvariantCulture) : 0;
}
