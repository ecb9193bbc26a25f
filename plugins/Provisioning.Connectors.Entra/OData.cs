namespace Provisioning.Connectors.Entra;

/// <summary>Text in filters.</summary>
internal static class OData
{
    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    public static string Filter(string condition) => $"$filter={Uri.EscapeDataString(condition)}";
}
