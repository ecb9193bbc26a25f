namespace Provisioning.Xacml;

/// <summary>A policy document.</summary>
/// <param name="Name">The name to use in messages, usually the file.</param>
/// <param name="Text">The XML text.</param>
public sealed record PolicySource(string Name, string Text)
{
    /// <summary>Whether the policy decides by itself if no other refers to it. <value>The default value is true; false is for libraries of
    /// policies that others may refer to.</value></summary>
    public bool CanBeRoot { get; init; } = true;
}
