namespace Provisioning.Xacml;

/// <summary>A policy document.</summary>
/// <param name="Name">The name to use in messages, usually the file.</param>
/// <param name="Text">The XML text.</param>
public sealed record PolicySource(string Name, string Text);
