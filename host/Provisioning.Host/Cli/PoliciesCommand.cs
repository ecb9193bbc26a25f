using System.CommandLine;
using Provisioning.Core.Deciding;
using Provisioning.Host.Configuration;
using Provisioning.Xacml;

namespace Provisioning.Host.Cli;

/// <summary><c>provisioning policies check PATH</c>.</summary>
internal static class PoliciesCommand
{
    public static Command Build()
    {
        var file = new Argument<string>("path") { Description = "A policy file or a folder of them." };
        var config = new Option<string?>("--config") { Description = "A configuration folder; warns of service providers and identity providers that it does not have." };
        var strict = new Option<bool>("--strict") { Description = "Exit with 1 for warnings, too." };
        var check = new Command(
            "check",
            "Reports every problem in a policy folder, exit code 1 if there is one; warns of rules that can never apply, attributes that users do not have and the like.")
        {
            file, config, strict,
        };
        check.SetAction(result =>
        {
            try
            {
                var path = result.GetValue(file)!;
                if (!File.Exists(path) && !Directory.Exists(path))
                    throw new FileNotFoundException($"'{path}' does not exist");
                var pdp = PolicyDecisionPoint.LoadFolder(path);
                Console.WriteLine(pdp.PolicyCount == 0
                    ? $"there is no policy in '{path}': every question is answered NotApplicable"
                    : $"{pdp.PolicyCount} {(pdp.PolicyCount == 1 ? "policy is" : "policies are")} valid, revision {PolicyRevision.Short(pdp.Revision)}");
                var warnings = PolicyCheck.Examine(pdp, result.GetValue(config) is { } folder ? CatalogOf(folder) : HostAttributes.Catalog);
                foreach (var warning in warnings)
                    Console.WriteLine($"{warning.File}:{warning.Line}: warning: {warning.Message}");
                return warnings.Count > 0 && result.GetValue(strict) ? 1 : 0;
            }
            catch (PolicyException exception)
            {
                foreach (var problem in exception.Problems)
                    Console.Error.WriteLine(problem);
                return 1;
            }
            catch (IOException exception)
            {
                Console.Error.WriteLine(exception.Message);
                return 1;
            }
        });
        return new Command("policies", "Policy files.") { check };
    }

    private static AttributeCatalog CatalogOf(string folder) => Directory.Exists(folder)
        ? HostAttributes.CatalogOf(ConfiguredNames.OfServiceProviders(folder), ConfiguredNames.OfIdentityProviders(folder), ExtensionFiles.Read(folder, []))
        : throw new DirectoryNotFoundException($"'{folder}' does not exist");
}
