using System.Text.RegularExpressions;

namespace Provisioning.Architecture.Tests;

/// <summary>A C# file, read as text.</summary>
internal sealed partial class SourceFile(string path)
{
    public string RelativePath { get; } = path;

    public string Name => Path.GetFileName(RelativePath);

    public string Text { get; } = Repository.Read(path);

    public int LineCount => Text.AsSpan().TrimEnd().Count('\n') + 1;

    public bool DeclaresType => TypeDeclaration().IsMatch(Text);

    public bool HasFileScopedNamespace => FileScopedNamespace().IsMatch(Text);

    /// <summary>The ids of the events that it logs.</summary>
    public IEnumerable<string> EventIds => EventId().Matches(Text).Select(match => match.Groups[1].Value);

    public bool HasRegion => Region().IsMatch(Text);

    [GeneratedRegex(
        @"^[ \t]*((public|internal|private|protected|file|static|sealed|abstract|partial|readonly|ref|unsafe|new)\s+)*"
        + @"((class|struct|interface|enum)\s+\w|record\s+(class\s+|struct\s+)?\w+\s*[<({;:\r\n]|delegate\s+[\w<>?\[\],. ]+\s+\w+\s*[<(])",
        RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"^namespace\s+[\w.]+\s*;", RegexOptions.Multiline)]
    private static partial Regex FileScopedNamespace();

    [GeneratedRegex(@"\[LoggerMessage\((?:EventId\s*=\s*)?([0-9]+)")]
    private static partial Regex EventId();

    [GeneratedRegex(@"^[ \t]*#[ \t]*region\b", RegexOptions.Multiline)]
    private static partial Regex Region();
}
