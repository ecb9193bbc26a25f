using Provisioning.Host.Cli;
using Provisioning.Plugins.Isolation;

// The hidden command: this executable again, as the process of one connector. Ends even if the plugin left threads behind.
if (args is [ChildLauncher.Command])
    Environment.Exit(await ConnectorChild.RunAsync());
return await CommandLine.Build().Parse(args).InvokeAsync();
