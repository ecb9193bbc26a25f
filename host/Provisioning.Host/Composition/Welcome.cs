namespace Provisioning.Host.Composition;

/// <summary>What a person at a terminal wants to know first.</summary>
internal static class Welcome
{
    public static void Print(HostSettings settings, string url)
    {
        var token = Path.Combine(settings.Data, "secrets", "resident");
        Console.WriteLine($"""

            Provisioning is running.
              API            {url}/scim/v2/Users
              access token   {token}   (of the host itself; each service provider's is beside it)
              configuration  {settings.Config}
              policies       {settings.Policies}
              data           {settings.Data}

            Try next, in a second terminal:
              {Self()} status --data "{settings.Data}"
              {Self()} assignments list --data "{settings.Data}"
              curl -H "Authorization: Bearer $(cat '{token}')" {url}/scim/v2/Users
            """);
        if (Directory.Exists(Path.Combine(settings.Data, "accounts")) || settings.Config == HostSettings.DefaultConfig)
            Console.WriteLine($"  Accounts of the sample are in {Path.Combine(settings.Data, "accounts")}");
        Console.WriteLine();
    }

    // However this was started, the same works again.
    private static string Self() => Environment.ProcessPath is { } path && !Path.GetFileNameWithoutExtension(path).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
        ? $"\"{path}\""
        : $"dotnet \"{Path.Combine(AppContext.BaseDirectory, "provisioning.dll")}\"";
}
