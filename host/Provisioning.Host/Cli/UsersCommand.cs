using System.CommandLine;

namespace Provisioning.Host.Cli;

/// <summary><c>provisioning users import FILE --service-provider NAME</c>. Idempotent: unchanged users stay as they are.</summary>
internal static class UsersCommand
{
    public static Command Build(Option<string> data)
    {
        var file = new Argument<string>("file") { Description = "A .csv (columns are SCIM paths) or .jsonl file (a SCIM user a line)." };
        var provider = new Option<string>("--service-provider") { Description = "Through whom the users come.", Required = true };
        var dryRun = new Option<bool>("--dry-run") { Description = "Write nothing; count who would be added, changed and removed." };
        var missing = new Option<MissingAction>("--missing")
        {
            Description = "What becomes of those whom an earlier file named and this one does not: keep (default), deactivate or delete. Guards count them as any other loss.",
        };
        var import = new Command("import", "Imports users from a file. An interrupted import goes on where it was.") { file, provider, dryRun, missing, data };
        import.SetAction((result, ct) => HostClient.WithAsync(result.GetValue(data)!, async client =>
        {
            var (path, name) = (result.GetValue(file)!, result.GetValue(provider)!);
            if (!File.Exists(path))
                throw new FileNotFoundException($"there is no file '{path}'");
            await new UserImport(client, path, name, ImportProgress.Load(result.GetValue(data)!, path, name), result.GetValue(dryRun), result.GetValue(missing)).RunAsync(ct);
        }));
        return new Command("users", "Users.") { import };
    }
}
