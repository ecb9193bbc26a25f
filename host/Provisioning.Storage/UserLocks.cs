namespace Provisioning.Storage;

/// <summary>
/// What refers to a user's account reads it at its attempt, and whoever gives the user an account wakes what refers to it. Where
/// transactions overlap, each could miss the other; these locks make one of them wait.
/// </summary>
internal static class UserLocks
{
    /// <summary>Until the commit nobody removes these users or gives them an account.</summary>
    /// <param name="ids">A JSON array.</param>
    public static void Share(SqlSession session, string ids)
    {
        if (!session.Dialect.LocksRows)
            return;
        session.Post(
            $"SELECT id FROM users WHERE id IN (SELECT value FROM {session.Dialect.Elements("@ids")} i) ORDER BY id FOR SHARE",
            ("@ids", ids));
    }

    /// <summary>Until the commit nobody else changes these users. In the order of ids, so that two who do do not wait for each other.</summary>
    /// <param name="ids">A JSON array.</param>
    public static void TakeAll(SqlSession session, string ids)
    {
        if (!session.Dialect.LocksRows)
            return;
        session.Post(
            $"SELECT id FROM users WHERE id IN (SELECT value FROM {session.Dialect.Elements("@ids")} i) ORDER BY id FOR UPDATE",
            ("@ids", ids));
    }

    /// <summary>Until the commit nobody writes anything that refers to this user.</summary>
    public static void Take(SqlSession session, string userId)
    {
        if (session.Dialect.LocksRows)
            session.Post("SELECT id FROM users WHERE id = @user FOR UPDATE", ("@user", userId));
    }
}
