namespace Provisioning.Connectors.Testing;

/// <summary>One way in which a target that speaks HTTP, or something in front of it, fails.</summary>
/// <param name="Name">Part of the names of its checks.</param>
/// <param name="Status">The HTTP status of the answer.</param>
internal sealed record HttpFault(string Name, int Status)
{
    public string Body { get; init; } = "";

    public string ContentType { get; init; } = "application/json";

    /// <summary>A header of the answer.</summary>
    public (string Name, Func<string> Value)? Header { get; init; }

    /// <summary>What is sent in place of <see cref="Body"/> when it is no text.</summary>
    public byte[]? Bytes { get; init; }

    /// <summary>Whether the content never ends.</summary>
    public bool Endless { get; init; }

    /// <summary>Whether every request is answered so, also one that only reads: the whole target is elsewhere.</summary>
    public bool Everywhere { get; init; }

    /// <summary>The names of the operations it is given to; empty for all.</summary>
    public IReadOnlyList<string> Operations { get; init; } = [];

    /// <summary>Whether the connection is cut before the announced length is reached.</summary>
    public bool Truncated { get; init; }

    /// <summary>Whether the answer repeats the request, its credentials included.</summary>
    public bool Echoes { get; init; }

    /// <summary>The failure kinds that are right for a creation.</summary>
    public IReadOnlyList<FailureKind> ForCreate { get; init; } = [];

    /// <summary>The failure kinds that are right for every other call; empty when any is.</summary>
    public IReadOnlyList<FailureKind> Otherwise { get; init; } = [];

    /// <summary>The pause that the failure must carry, in seconds from and to.</summary>
    public (int Least, int Most)? Pause { get; init; }

    /// <summary>Whether the answer is one of success with content of a kind that an API may give, which a call that reads no answer may take for a success.</summary>
    public bool LooksLikeSuccess => Status is >= 200 and < 300 && ContentType != "text/html";
}
