using Provisioning.Core.Targets;

namespace Provisioning.Storage.Postgres;

/// <summary>One virtual queue for each key, by the server's clock. Nothing durable: after a crash of the server the queues are empty.</summary>
internal sealed class PostgresPace(Database database) : IPace
{
    // In microseconds. Answers how far away the first of the reserved starts is.
    private const string AdvanceSql = """
        INSERT INTO paces AS p (key, next_start) VALUES (@key, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint + @span)
        ON CONFLICT (key) DO UPDATE SET next_start = greatest(p.next_start, excluded.next_start - @span) + @span
        RETURNING p.next_start - @span - (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
        """;

    public async ValueTask<TimeSpan> ReserveAsync(string key, double perSecond, int count, bool ahead, CancellationToken cancellationToken)
    {
        var span = (long)(count / perSecond * 1_000_000);
        var wait = await AdvanceAsync(key, span, cancellationToken);
        return ahead ? await AdvanceAsync(key + "/ahead", span, cancellationToken) : wait;
    }

    // A single statement that commits by itself: the readers are free of the transactions of the ledger.
    private Task<TimeSpan> AdvanceAsync(string key, long span, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => TimeSpan.FromMicroseconds(Math.Max(0, (long)session.Scalar(AdvanceSql, ("@key", key), ("@span", span))!)),
            cancellationToken);
}
