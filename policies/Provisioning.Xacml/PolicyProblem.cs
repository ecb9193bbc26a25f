namespace Provisioning.Xacml;

/// <summary>One reason why a policy was refused at load.</summary>
/// <param name="File">The name of the source, or null when the problem belongs to no single one.</param>
/// <param name="Line">The line, from 1; 0 when unknown.</param>
/// <param name="Message">What is wrong, with the offending value in quotes.</param>
public sealed record PolicyProblem(string? File, int Line, string Message)
{
    /// <summary>The form compilers use: <c>file:line: message</c>.</summary>
    public override string ToString() =>
        File is null ? Message : Line > 0 ? $"{File}:{Line}: {Message}" : $"{File}: {Message}";
}
