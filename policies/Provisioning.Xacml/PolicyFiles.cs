namespace Provisioning.Xacml;

/// <summary>Finds and reads policy files.</summary>
internal static class PolicyFiles
{
    public static List<PolicySource> Read(string pathOrFile)
    {
        if (File.Exists(pathOrFile)) return [new(pathOrFile, File.ReadAllText(pathOrFile))];
        if (!Directory.Exists(pathOrFile)) return [];
        return [.. Directory.EnumerateFiles(pathOrFile, "*.xml", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(pathOrFile, file).Split(Path.DirectorySeparatorChar).SkipLast(1).Contains("cases"))
            .Order(StringComparer.Ordinal)
            .Select(file => new PolicySource(file, File.ReadAllText(file)))];
    }
}
