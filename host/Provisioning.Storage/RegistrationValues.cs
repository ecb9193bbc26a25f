using Provisioning.Core.Users;

namespace Provisioning.Storage;

/// <summary>By what users are found beside their names, inside the transaction that stores the user.</summary>
internal static class RegistrationValues
{
    /// <summary>Nearly always an update changes none of them, and costs nothing here.</summary>
    public static void Change(SqlSession session, User user)
    {
        foreach (var serviceProvider in user.Former.Select(x => x.ServiceProvider).Union(user.Said, StringComparer.Ordinal))
        {
            var (before, after) = (user.Former.FirstOrDefault(x => x.ServiceProvider == serviceProvider), user.RegistrationAt(serviceProvider));
            var (old, now) = (before?.Values().ToHashSet() ?? [], after?.Values().ToHashSet() ?? []);
            if (before is not null)
                Remove(session, user.Id, before, old.Except(now));
            if (after is not null)
                Add(session, user.Id, after, now.Except(old));
        }
    }

    public static void Add(SqlSession session, string userId, Registration registration, IEnumerable<RegistrationValue> values)
    {
        // Nobody is matched by what others than the trusted say.
        foreach (var value in values.Where(x => x.Kind == RegistrationValueKind.Email || registration.Confirms))
            session.Post(
                """
                INSERT INTO registration_values (value_key, kind, service_provider, user_id) VALUES (@key, @kind, @provider, @id)
                ON CONFLICT (value_key, kind, service_provider, user_id) DO NOTHING
                """,
                Parameters(userId, registration, value));
    }

    public static void Remove(SqlSession session, string userId, Registration registration, IEnumerable<RegistrationValue> values)
    {
        foreach (var value in values)
            session.Post(
                "DELETE FROM registration_values WHERE value_key = @key AND kind = @kind AND service_provider = @provider AND user_id = @id",
                Parameters(userId, registration, value));
    }

    private static (string, object?)[] Parameters(string userId, Registration registration, RegistrationValue value) =>
        [("@key", value.Key), ("@kind", (int)value.Kind), ("@provider", registration.ServiceProvider), ("@id", userId)];
}
