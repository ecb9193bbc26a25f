using Npgsql;

namespace Provisioning.Storage.Postgres;

/// <summary>What the failures of a database mean for the work that met them.</summary>
internal static class PostgresFaults
{
    /// <summary>Two transactions met. Nothing is stored, and the same work done again will see what the other one did.</summary>
    public static bool IsConflict(Exception exception) => exception is PostgresException
    {
        SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.UniqueViolation,
    };

    /// <summary>The connection or the server went away, or the server takes no writes at the moment.</summary>
    public static bool IsLoss(Exception exception) => exception switch
    {
        PostgresException answer => answer.SqlState is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.TooManyConnections
            || answer.SqlState.StartsWith("57P0", StringComparison.Ordinal)
            || answer.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException => true,
        _ => false,
    };
}
