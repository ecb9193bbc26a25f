namespace Provisioning.Xacml;

/// <summary>Finds and reads policy files.</summary>
internal static class PolicyFiles
{
    private static readonly EnumerationOptions WhateverTheCase = new()
    {
        RecurseSubdirectories = true,
        MatchCasing = MatchCasing.CaseInsensitive,
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
    };

    public static List<PolicySource> Read(string pathOrFile)
    {
        if (File.Exists(pathOrFile)) return [new(pathOrFile, File.ReadAllBytes(pathOrFile)) { Key = Path.GetFileName(pathOrFile) }];
        if (!Directory.Exists(pathOrFile)) return [];
        return [.. Directory.EnumerateFiles(pathOrFile, "*.xml", WhateverTheCase)
            .Select(file => (File: file, Parts: Path.GetRelativePath(pathOrFile, file).Split(Path.DirectorySeparatorChar)))
            .Where(one => !one.Parts.SkipLast(1).Contains("cases"))
            .Select(one => (one.File, Key: string.Join('/', one.Parts)))
            .OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => new PolicySource(one.File, File.ReadAllBytes(one.File)) { Key = one.Key })];
    }
}
