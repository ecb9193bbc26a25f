namespace Provisioning.Connectors.Csv.Tests;

/// <summary>What the tests of both formats do with a connector.</summary>
internal interface IFileConnectorUnderTest : IAsyncDisposable
{
    int Rewrites { get; }

    Action? BeforeReplace { set; }

    Action? AfterLook { set; }

    Task<string> CreateAsync(string name);

    Task SetAsync(string id, string attribute, string? value);

    Task DeleteAsync(string id);

    Task<Account?> FindAsync(string name);

    Task<List<string>> ListAsync();
}
