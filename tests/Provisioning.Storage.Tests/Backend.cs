namespace Provisioning.Storage.Tests;

public enum Backend
{
    SQLite,
    PostgreSQL,
}
