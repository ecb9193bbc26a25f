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
              access token   {token}
              configuration  {settings.Config}
              policies       {settings.Policies}
              data           {settings.Data}
            Try next, in a second terminal:
              cat "{Path.Combine(settings.Data, "accounts", "staff-directory.csv")}"
              curl -H "Authorization: Bearer $(cat '{token}')" {url}/scim/v2/Users
              provisioning assignments list --data "{settings.Data}"

            """);
    }
}
