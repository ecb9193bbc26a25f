namespace Provisioning.Connectors.Csv.Tests;

/// <summary>Waits for what the connector does by itself.</summary>
internal static class Folding
{
    /// <summary>Returns when the journal is empty. The clock moves on, as a timer may stand a little later.</summary>
    public static async Task FoldedAsync(this IFileConnectorUnderTest connector, LargeFile file)
    {
        while (new FileInfo(file.JournalPath).Length > 0)
        {
            file.Time.Advance(TimeSpan.FromSeconds(1));
            await connector.FindAsync("nobody");
        }
    }
}
