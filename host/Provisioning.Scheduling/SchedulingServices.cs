using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Reconciling;
using Quartz;

namespace Provisioning.Scheduling;

/// <summary>Adds the clock: Quartz on its own SQLite file beside the ledger's, or in the PostgreSQL database that hosts share.</summary>
public static class SchedulingServices
{
    /// <summary>For the one host on a data folder.</summary>
    /// <param name="services">To add to.</param>
    /// <param name="databasePath">A file that only the user of the host can read. SQLite would make one that others on the machine can read.</param>
    /// <exception cref="IOException">The file cannot be used.</exception>
    public static IServiceCollection AddScheduling(this IServiceCollection services, string databasePath)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = databasePath }.ToString();
        PrepareFile(databasePath, connection);
        return services.AddScheduling(clustered: false, store => store.UseSqlite(connection));
    }

    /// <summary>For any number of hosts on one database.</summary>
    public static IServiceCollection AddClusteredScheduling(this IServiceCollection services, string connectionString) =>
        services.AddScheduling(clustered: true, store =>
        {
            store.UsePostgres(WithPreparedStatements(connectionString));
            store.UseClustering(options =>
            {
                options.CheckinInterval = TimeSpan.FromSeconds(5);
                options.CheckinMisfireThreshold = TimeSpan.FromSeconds(10);
            });
        });

    private static IServiceCollection AddScheduling(this IServiceCollection services, bool clustered, Action<IPersistentStoreBuilder> database)
    {
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(options =>
            {
                options.InstanceName = "provisioning";
                options.GenerateInstanceId = clustered;
            });
            quartz.UseDefaultThreadPool(32);
            quartz.UsePersistentStore(store =>
            {
                database(store);
                store.UseSystemTextJsonSerializer();
                store.ProvisionSchema();
            });
        });
        services.AddHostedService<SchedulerHost>();
        services.AddSingleton<DrainScheduler>();
        services.AddSingleton<IWakeUp>(x => x.GetRequiredService<DrainScheduler>());
        services.AddSingleton<IHostedService>(x => x.GetRequiredService<DrainScheduler>());
        services.AddSingleton<ReconciliationScheduler>();
        services.AddSingleton<IReconciliationTrigger>(x => x.GetRequiredService<ReconciliationScheduler>());
        services.AddSingleton<IHostedService>(x => x.GetRequiredService<ReconciliationScheduler>());
        services.AddHostedService<ClockRounds>();
        services.AddHostedService<ClockWatch>();
        services.AddTransient<DrainJob>();
        services.AddTransient<ReconciliationJob>();
        services.AddTransient<SweepJob>();
        services.AddTransient<LateAccountsJob>();
        services.AddTransient<RetentionJob>();
        return services;
    }

    // Measured: half of the time of a trigger is planning, if nothing is prepared.
    private static string WithPreparedStatements(string connectionString)
    {
        var builder = new DbConnectionStringBuilder { ConnectionString = connectionString };
        foreach (var (key, value) in (ReadOnlySpan<(string, int)>)[("Max Auto Prepare", 100), ("Auto Prepare Min Usages", 2)])
            if (!builder.ContainsKey(key))
                builder[key] = value;
        return builder.ConnectionString;
    }

    // Write-ahead logging is a property of the file, and Quartz does not set it.
    private static void PrepareFile(string path, string connectionString)
    {
        try
        {
            using var connection = new SqliteConnection(connectionString);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode=WAL";
            command.ExecuteNonQuery();
        }
        catch (SqliteException exception)
        {
            throw new IOException($"the schedule '{path}' cannot be opened: {exception.Message}; where it is damaged, delete it: the host makes it again from the ledger", exception);
        }
    }
}
