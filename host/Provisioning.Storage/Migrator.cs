using System.Globalization;
using System.Reflection;

namespace Provisioning.Storage;

/// <summary>Brings the schema up to date with the numbered scripts in this assembly.</summary>
internal static class Migrator
{
    private const string Prefix = "Migrations/Sqlite/";

    public static void Migrate(SqlSession session, DateTimeOffset now)
    {
        session.Script("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL PRIMARY KEY, applied INTEGER NOT NULL)");
        var found = session.Scalar("SELECT max(version) FROM schema_version") is long version ? version : 0;
        var scripts = Scripts();
        var known = scripts[^1].Number;
        if (found > known)
        {
            throw new InvalidOperationException(
                $"the database has schema version {found}, but this host knows versions up to {known}; use a newer host");
        }

        foreach (var (number, name) in scripts)
        {
            if (number <= found)
                continue;
            session.Script("BEGIN IMMEDIATE");
            try
            {
                session.Script(Read(name));
                session.Execute(
                    "INSERT INTO schema_version (version, applied) VALUES (@version, @applied)",
                    ("@version", number),
                    ("@applied", now.ToUnixTimeMilliseconds()));
                session.Script("COMMIT");
            }
            catch
            {
                session.Script("ROLLBACK");
                throw;
            }
        }
    }

    private static List<(long Number, string Name)> Scripts() =>
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => (long.Parse(name.AsSpan(Prefix.Length, 4), CultureInfo.InvariantCulture), name))
            .OrderBy(script => script.Item1),
    ];

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
