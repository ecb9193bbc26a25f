using System.Collections.Concurrent;

namespace Provisioning.Testing;

/// <summary>Folders that last as long as the test process, for tests that leave them open until their end.</summary>
internal static class TestFolder
{
    private static readonly ConcurrentBag<string> Created = [];

    static TestFolder() => AppDomain.CurrentDomain.ProcessExit += static (_, _) => DeleteAll();

    public static string Create()
    {
        var path = Directory.CreateTempSubdirectory("provisioning-test-").FullName;
        Created.Add(path);
        return path;
    }

    private static void DeleteAll()
    {
        foreach (var path in Created)
        {
            try
            {
                Directory.Delete(path, recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Somebody still has it open; the next clean-up of the machine takes it.
            }
        }
    }
}
