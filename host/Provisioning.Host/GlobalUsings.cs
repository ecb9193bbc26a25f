// The domain's words win over the framework's.
global using IConfigurationSource = Provisioning.Core.Configuration.IConfigurationSource;
global using ServiceProvider = Provisioning.Core.Configuration.ServiceProvider;
