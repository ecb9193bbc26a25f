using Newtonsoft.Json;
using Provisioning.Connectors;

namespace Provisioning.Plugins.Tests.Library;

/// <summary>Uses its libraries, managed and native, and says which versions answered.</summary>
public sealed class LibraryConnector : IConnector, ITestConnection
{
    public bool NamesAreUnique => true;

    public Task<string?> TestAsync(OperationContext context, CancellationToken cancellationToken) =>
        Task.FromResult<string?>($"{JsonConvert.SerializeObject(new LibrarySettings { Text = "x" })} by {typeof(JsonConvert).Assembly.GetName().Version}{Native()}");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

#if NATIVE
    private static string Native()
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection("Data Source=:memory:;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select 6 * 7";
        return $", native {command.ExecuteScalar()}";
    }
#else
    private static string Native() => "";
#endif
}
