namespace Provisioning.Xacml;

/// <summary>One reason why a policy cannot be used.</summary>
/// <param name="File">The source's name, if the problem belongs to one.</param>
/// <param name="Line">The line in the source; 0 if unknown.</param>
/// <param name="Message">What is wrong, with the offending value.</param>
public sealed record PolicyProblem(string? File, int Line, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => Line > 0 ? $"{File}:{Line}: {Message}" : $"{File}: {Message}";
}
