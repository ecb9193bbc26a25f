using System.Text.Json.Nodes;
using Provisioning.Core.Users;

namespace Provisioning.Storage;

/// <summary>Fills the keys of display names in a database of before there were any. What no database can do as the host does it (letters of all scripts, composed accents) is done here.</summary>
internal static class DisplayNames
{
    /// <summary>The schema version that needs it.</summary>
    public const long Version = 15;

    private const int Batch = 1_000;

    public static void Fill(SqlSession session)
    {
        var (user, provider) = ("", "");
        while (true)
        {
            var rows = session.List(
                """
                SELECT user_id, service_provider, attributes FROM registrations
                WHERE (user_id, service_provider) > (@user, @provider) ORDER BY user_id, service_provider LIMIT @count
                """,
                row => (User: row.GetString(0), Provider: row.GetString(1), Key: Registration.DisplayNameKeyOf(JsonNode.Parse(row.GetString(2))!.AsObject())),
                ("@user", user),
                ("@provider", provider),
                ("@count", Batch));
            if (rows.Count == 0)
                return;
            foreach (var row in rows.Where(x => x.Key is not null))
                session.Execute(
                    "UPDATE registrations SET display_name_key = @key WHERE user_id = @user AND service_provider = @provider",
                    ("@key", row.Key),
                    ("@user", row.User),
                    ("@provider", row.Provider));
            (user, provider) = (rows[^1].User, rows[^1].Provider);
        }
    }
}
