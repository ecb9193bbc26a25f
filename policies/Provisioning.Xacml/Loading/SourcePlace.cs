namespace Provisioning.Xacml;

/// <summary>A line of a source.</summary>
internal readonly record struct SourcePlace(string File, int Line)
{
    public override string ToString() => $"{File}:{Line}";
}
