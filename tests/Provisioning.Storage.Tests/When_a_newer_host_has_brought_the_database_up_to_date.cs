namespace Provisioning.Storage.Tests;

/// <summary>A host of an earlier version knows neither the columns nor their meaning.</summary>
public abstract class When_a_newer_host_has_brought_the_database_up_to_date(Backend backend) : Fixture(backend)
{
    public sealed class On_SQLite() : When_a_newer_host_has_brought_the_database_up_to_date(Backend.SQLite);

    public sealed class On_PostgreSQL() : When_a_newer_host_has_brought_the_database_up_to_date(Backend.PostgreSQL);

    [Fact]
    public async Task Should_refuse_to_start_and_say_why_in_one_line()
    {
        await SqlAsync("INSERT INTO schema_version (version, applied) VALUES (9999, 0)");
        await Storage.DisposeAsync();
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(OpenAsync);
        Assert.Matches("^the database has schema version 9999, but this host knows versions up to [0-9]+; use a newer host$", refused.Message);
    }
}
