namespace Provisioning.Xacml.Tests;

internal static class Repository
{
    public static string? Root
    {
        get
        {
            for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            {
                if (File.Exists(Path.Combine(folder, "Provisioning.sln"))) return folder;
            }

            return null;
        }
    }

    public static string Rules => Path.Combine(Root!, "policies", "rules");
}
