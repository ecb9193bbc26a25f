namespace Provisioning.Plugins.Isolation;

/// <summary>What a message between the host and a child process is.</summary>
internal enum MessageKind
{
    /// <summary>Host: load this plugin and make a connector. The first message, and the only one that carries settings.</summary>
    Open,

    /// <summary>Child: the connector is there.</summary>
    Opened,

    /// <summary>Host: make a call.</summary>
    Call,

    /// <summary>Host: cancel a call.</summary>
    Cancel,

    /// <summary>Host: so many elements of a stream were taken.</summary>
    Taken,

    /// <summary>Child: the result of a call, or an element of a stream.</summary>
    Result,

    /// <summary>Child: the stream is complete.</summary>
    End,

    /// <summary>Child: the call, or opening, failed.</summary>
    Failed,

    /// <summary>Child: the call obeyed its cancellation.</summary>
    Cancelled,

    /// <summary>Child: a line for the log of a call.</summary>
    Log,
}
