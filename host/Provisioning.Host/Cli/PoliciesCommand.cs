using System.CommandLine;
using Provisioning.Xacml;

namespace Provisioning.Host.Cli;

/// <summary><c>provisioning policies check PATH</c>.</summary>
internal static class PoliciesCommand
{
    public static Command Build()
    {
        var path = new Argument<string>("path") { Description = "A policy file or a folder of them." };
        var check = new Command("check", "Reports every problem in a policy folder; exit code 1 if there is one.") { path };
        check.SetAction(result =>
        {
            try
            {
                var pdp = PolicyDecisionPoint.LoadFolder(result.GetValue(path)!);
                Console.WriteLine($"{pdp.PolicyCount} policies are valid, revision {pdp.Revision}");
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
