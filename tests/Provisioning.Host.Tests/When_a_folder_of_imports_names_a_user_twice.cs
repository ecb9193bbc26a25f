using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Provisioning.Host.Configuration;
using Provisioning.Host.Imports;
using Provisioning.Host.Inbound;

namespace Provisioning.Host.Tests;

/// <summary>The import at the start treats two rows about one user as the command for imports does.</summary>
public sealed class When_a_folder_of_imports_names_a_user_twice
{
    [Fact]
    public async Task Should_take_the_first_row_and_tell_of_the_second()
    {
        await using var rig = await InboundRig.StartAsync();
        var imports = Path.Combine(rig.Config, "imports");
        Directory.CreateDirectory(Path.Combine(imports, "portal"));
        await File.WriteAllTextAsync(Path.Combine(imports, "portal", "users.csv"), "userName,title\nada,first\nADA,second\nbob,third\n");
        var services = rig.Services;
        await new ImportFolder(
            imports, services.GetRequiredService<ConfigurationFolder>(), services.GetRequiredService<UserWriter>(), services.GetRequiredService<ILogger<ImportFolder>>())
            .RunAsync(CancellationToken.None);
        Assert.Contains("line 3: the user is in line 2 already; skipped", Assert.Single(rig.Logged), StringComparison.Ordinal);
        using var portal = rig.Client();
        var users = JsonNode.Parse(await portal.GetStringAsync("/scim/v2/Users"))!["Resources"]!.AsArray();
        Assert.Equal([("ada", "first"), ("bob", "third")], users.Select(x => (x!["userName"]!.ToString(), x["title"]!.ToString())));
    }
}
