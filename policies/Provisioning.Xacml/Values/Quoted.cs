namespace Provisioning.Xacml;

/// <summary>Values in messages.</summary>
internal static class Quoted
{
    private const int Longest = 100;

    /// <summary>A value in quotes; only the start of one that is long.</summary>
    public static string Of(string value) => $"'{(value.Length > Longest ? value[..Longest] + "…" : value)}'";
}
