using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Provisioning.Core.Connectors;
using Provisioning.Core.Converging;
using Provisioning.Core.Deciding;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Reconciling;
using Provisioning.Core.Targets;
using Provisioning.Host.Admin;
using Provisioning.Host.Api;
using Provisioning.Host.Configuration;
using Provisioning.Host.Health;
using Provisioning.Host.Imports;
using Provisioning.Host.Inbound;
using Provisioning.Host.Replanning;
using Provisioning.Host.Security;
using Provisioning.Plugins;
using Provisioning.Scheduling;
using Provisioning.Storage;
using Provisioning.Xacml;

namespace Provisioning.Host.Composition;

/// <summary>What the host is made of.</summary>
internal static class ProvisioningServices
{
    public static void AddProvisioning(this IServiceCollection services, HostSettings settings, ProvisioningStorage storage)
    {
        services.AddSingleton(settings);
        services.AddAllowedHosts(settings.AllowedHosts);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(storage);
        services.AddSingleton(storage.Ledger);
        services.AddSingleton(storage.Users);
        services.AddSingleton(storage.Settings);
        services.AddSingleton(storage.Audit);
        services.AddSingleton(storage.Nodes);
        services.AddSingleton(storage.Targets);
        services.AddSingleton(storage.Retention);
        services.AddSingleton(storage.Leases);
        services.AddSingleton(storage.Reconciliations);
        services.AddSingleton(storage.Pace);
        services.AddSingleton(storage.DueTimes);
        services.AddSingleton(storage.Beats);

        services.AddSingleton(x => new PluginCatalog(
            settings.Plugins, Path.Combine(settings.Data, "plugins"), PluginTrustFile.Read(settings.Config), x.GetRequiredService<ILogger<PluginCatalog>>(), x.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IFactoryLookup, PluginFactories>();
        services.AddSingleton(new SecretResolver(settings.Data, settings.Config));
        services.AddSingleton<ConfigurationLoader>();
        services.AddSingleton(x => new ConfigurationFolder(
            settings.Config, x.GetRequiredService<ConfigurationLoader>(), x.GetRequiredService<TimeProvider>(), x.GetRequiredService<ILogger<ConfigurationFolder>>()));
        services.AddSingleton<IConfigurationSource>(x => x.GetRequiredService<ConfigurationFolder>());
        services.AddSingleton(x => new ConnectorPool(x.GetRequiredService<IFactoryLookup>(), settings.Data, x.GetRequiredService<TimeProvider>(), x.GetRequiredService<ConfigurationLoader>().ReadSettings));
        services.AddSingleton<IConnectorSource>(x => x.GetRequiredService<ConnectorPool>());

        services.AddSingleton(x => new PolicyFolder(settings.Policies, new PdpOptions { Time = x.GetRequiredService<TimeProvider>(), TimeZone = TimeZoneInfo.Utc }));
        services.AddSingleton<PolicyWarnings>();
        services.AddSingleton(x => new XacmlDecisionPoint(() => x.GetRequiredService<PolicyFolder>().Current, x.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IDecisionPoint>(x => new CarefulDecisionPoint(x.GetRequiredService<PolicyFolder>(), x.GetRequiredService<XacmlDecisionPoint>()));

        services.AddSingleton(NodeIdentity.New());
        services.AddSingleton<NodeHealth>();
        services.AddSingleton<TargetGate>();
        services.AddSingleton<BindingDecider>();
        services.AddSingleton<Planner>();
        services.AddSingleton<GroupPlanner>();
        services.AddSingleton<AttemptsUnderWay>();
        services.AddSingleton<AssignmentWorker>();
        services.AddSingleton<LateAccounts>();
        services.AddSingleton<BlockingConverger>();
        services.AddSingleton<FirstPasswords>();
        services.AddSingleton<WithdrawalLimits>();
        services.AddSingleton<ProvisioningPipeline>();
        services.AddSingleton<GroupPipeline>();
        services.AddSingleton<IdentityProviderDrain>();
        services.AddSingleton<ParkedWork>();
        services.AddSingleton<Reconciler>();
        services.AddSingleton<HeldPlans>();
        services.AddSingleton<IHeldWithdrawals>(x => x.GetRequiredService<HeldPlans>());
        services.AddSingleton<ReplanSignal>();
        services.AddSingleton<Population>();
        services.AddSingleton<PlannedRevision>();
        services.AddSingleton<WithdrawalPlans>();
        services.AddSingleton<ReplanLease>();
        services.AddSingleton<Replanner>();
        services.AddSingleton<DueUsers>();
        services.AddSingleton<ClockLosses>();
        services.AddSingleton<ClockRecord>();
        services.AddSingleton<IDueDecisions, DueDecisions>();
        services.AddSingleton<UserWriter>();
        services.AddSingleton<UserSearch>();
        services.AddSingleton<GroupWriter>();
        services.AddSingleton<BulkRunner>();
        services.AddSingleton<ImportBatch>();
        services.AddSingleton<MissingUsers>();
        services.AddSingleton<GroupSearch>();
        services.AddSingleton<MemoryGates>();
        services.AddApi();
        services.AddHealth();
        services.AddSingleton<KnownContent>();
        services.AddSingleton<Attachments>();
        services.AddSingleton<DatabaseState>();
        services.AddSingleton<DatabaseHistory>();
        services.AddSingleton<MendedTargets>();
        services.AddHostedService<HostStartup>();
        services.AddHostedService<Conductor>();
        services.AddHostedService<Heartbeat>();
        if (settings.Database is { } connection)
            services.AddClusteredScheduling(connection);
        else
            services.AddScheduling(PrivateFile(Path.Combine(settings.Data, "schedule.db")));
    }
    private static string PrivateFile(string path)
    {
        DataFile.Ensure(path);
        return path;
    }
}
