using System.Globalization;
using System.Reflection;

namespace Provisioning.Storage;

/// <summary>Brings the schema up to date with the numbered scripts in this assembly.</summary>
internal static class Migrator
{
    /// <summary>True if there was something to do. One host at a time; the caller sees to that.</summary>
    /// <param name="upTo">Stop at this version; for tests of upgrades.</param>
    public static bool Migrate(SqlSession session, DateTimeOffset now, long upTo = long.MaxValue)
    {
        session.Script("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL PRIMARY KEY, applied BIGINT NOT NULL)");
        var found = session.Scalar("SELECT max(version) FROM schema_version") is long version ? version : 0;
        var scripts = Scripts(session.Dialect);
        var known = scripts[^1].Number;
        if (found > known)
        {
            throw new InvalidOperationException(
                $"the database has schema version {found}, but this host knows versions up to {known}; use a newer host");
        }

        foreach (var (number, name) in scripts)
        {
            if (number <= found || number > upTo)
                continue;
            session.Script(session.Dialect.Begin);
            try
            {
                session.Script(Read(name));
                if (number == DisplayNames.Version)
                    DisplayNames.Fill(session);
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

        return found < known;
    }

    internal static List<(long Number, string Name)> Scripts(SqlDialect dialect)
    {
        var prefix = $"Migrations/{dialect.Name}/";
        return
        [
            .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                .Select(name => (long.Parse(name.AsSpan(prefix.Length, 4), CultureInfo.InvariantCulture), name))
                .OrderBy(script => script.Item1),
        ];
    }

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
