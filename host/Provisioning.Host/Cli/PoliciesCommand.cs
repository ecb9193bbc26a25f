using System.CommandLine;
using Provisioning.Core.Deciding;
using Provisioning.Xacml;

namespace Provisioning.Host.Cli;

/// <summary><c>provisioning policies check PATH</c>.</summary>
internal static class PoliciesCommand
{
    public static Command Build()
    {
        var file = new Argument<string>("path") { Description = "A policy file or a folder of them." };
        var check = new Command("check", "Reports every problem in a policy folder; exit code 1 if there is one.") { file };
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
                return 0;
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
}
