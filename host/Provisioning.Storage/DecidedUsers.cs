using Provisioning.Core.Ledger;

namespace Provisioning.Storage;

/// <summary>Until when decisions hold that come without a change of the user.</summary>
internal static class DecidedUsers
{
    /// <summary>Before anything else of them is locked, so that two hosts that decide about the same users wait for each other and both go on.</summary>
    public static void Lock(SqlSession session, IReadOnlyCollection<DecidedUser> decided)
    {
        if (decided.Count > 0)
            UserLocks.TakeAll(session, Rows.Array(decided.Select(x => x.Id)));
    }

    public static void Write(SqlSession session, IReadOnlyCollection<DecidedUser> decided)
    {
        foreach (var user in decided)
            session.Post(
                "UPDATE users SET decide_at = @decide WHERE id = @id AND version = @version AND decide_at IS DISTINCT FROM @decide",
                ("@decide", user.DecideAt.MsFrom()),
                ("@id", user.Id),
                ("@version", user.Version));
    }
}
