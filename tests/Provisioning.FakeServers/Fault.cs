namespace Provisioning.FakeServers;

/// <summary>Something that goes wrong once, at the first request it is meant for.</summary>
/// <param name="Method">The method of that request.</param>
/// <param name="Path">What its path must contain.</param>
public sealed record Fault(string Method, string Path)
{
    /// <summary>Said instead of doing anything; null when the request is done.</summary>
    public Answer? Instead { get; init; }

    /// <summary>The request is done and the connection closed without an answer.</summary>
    public bool LosesAnswer { get; init; }

    public bool IsFor(Received request) =>
        request.Method == Method && request.Path.Contains(Path, StringComparison.Ordinal);
}
