using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Provisioning.Core.Pipeline;
using Quartz;

namespace Provisioning.Scheduling;

/// <summary>Adds the clock: Quartz on its own SQLite file beside the ledger's.</summary>
public static class SchedulingServices
{
    public static IServiceCollection AddScheduling(this IServiceCollection services, string databasePath)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = databasePath }.ToString();
        PrepareFile(connection);
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(options =>
            {
                options.InstanceName = "provisioning";
                options.GenerateInstanceId = false;
            });
            quartz.UseDefaultThreadPool(32);
            quartz.UsePersistentStore(store =>
            {
                store.UseSqlite(connection);
                store.UseSystemTextJsonSerializer();
                store.ProvisionSchema();
            });
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        services.AddSingleton<DrainScheduler>();
        services.AddSingleton<IWakeUp>(x => x.GetRequiredService<DrainScheduler>());
        services.AddSingleton<IHostedService>(x => x.GetRequiredService<DrainScheduler>());
        services.AddTransient<DrainJob>();
        services.AddTransient<SweepJob>();
        return services;
    }

    // Write-ahead logging is a property of the file, and Quartz does not set it.
    private static void PrepareFile(string connectionString)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL";
        command.ExecuteNonQuery();
    }
}
