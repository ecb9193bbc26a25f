using Provisioning.Benchmarks;
using Provisioning.Benchmarks.Backlog;
using Provisioning.Benchmarks.Files;
using Provisioning.Benchmarks.Flow;
using Provisioning.Benchmarks.Scim;
using Provisioning.Benchmarks.Xacml;

// One sub-command for each kind of benchmark. Each prints a table and, with --write, stores it below results/.
return args switch
{
    ["provisioning", .. var rest] => await FlowBenchmark.RunAsync(Arguments.Parse(rest)),
    ["backlog", .. var rest] => await BacklogBenchmark.RunAsync(Arguments.Parse(rest)),
    ["files", .. var rest] => await FilesBenchmark.RunAsync(Arguments.Parse(rest)),
    ["scim", .. var rest] => await ScimBenchmark.RunAsync(Arguments.Parse(rest)),
    ["target", .. var rest] => await FastTarget.RunAsync(Arguments.Parse(rest)),
    ["xacml", .. var rest] => XacmlCommand.Run(Arguments.Parse(rest)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: dotnet run -c Release --project tests/Provisioning.Benchmarks -- COMMAND
          provisioning [--users 5000] [--rounds 3] [--concurrency 1,8,32] [--delay-ms 0] [--name TEXT] [--write]
              users per second from inbound SCIM to outbound SCIM, against a plain loop to the same target
          backlog [--users 10000] [--nodes 1] [--providers 1] [--concurrency 32] [--outage-minutes 0] [--database "Host=..."] [--write]
              users arrive while their target is down; what the host needs meanwhile, what other callers see, and how it drains
          files [--accounts 100000] [--seconds 20] [--rounds 1] [--concurrency 8] [--before FOLDER] [--write]
              changes per second of the connectors that keep accounts in a file, against another build of the plugin in FOLDER
          scim [--users 10000] [--calls 5000] [--concurrency 16] [--slow-filters] [--write]
              requests per second of the inbound SCIM server: create, read, filters, pages, PATCH
          xacml --workloads DIR [--seconds 2] [--only W1-10] [--write] [--bdn]
              decisions per second of the policy engine, and the whole way from request text to response text
        """);
    return 2;
}
