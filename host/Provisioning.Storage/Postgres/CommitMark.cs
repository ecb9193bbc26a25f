namespace Provisioning.Storage.Postgres;

/// <summary>
/// Written by each transaction of a writer, so that a commit whose answer was lost can be looked up. The server's own transaction
/// numbers cannot serve: after a crash they are given out again.
/// </summary>
internal sealed class CommitMark
{
    private readonly string _writer = Guid.NewGuid().ToString("N");
    private long _number;

    /// <summary>Begins the writer's next transaction.</summary>
    public void Begin(SqlSession session)
    {
        session.Post(session.Dialect.Begin);
        session.Post(
            """
            INSERT INTO writers (name, last_commit, at) VALUES (@writer, @number, now())
            ON CONFLICT (name) DO UPDATE SET last_commit = excluded.last_commit, at = excluded.at
            """,
            ("@writer", _writer),
            ("@number", ++_number));
    }

    /// <summary>Whether the transaction that was begun last was committed. Waits if the server is still at it.</summary>
    public bool IsStored(SqlSession session) => session.Scalar(
        "SELECT last_commit FROM writers WHERE name = @writer FOR UPDATE", ("@writer", _writer)) is long last && last == _number;

    /// <summary>Removes the marks of writers that are long gone.</summary>
    public static void Forget(SqlSession session) => session.Script("DELETE FROM writers WHERE at < now() - interval '1 day'");
}
