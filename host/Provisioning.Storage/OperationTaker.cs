namespace Provisioning.Storage;

/// <summary>What one of the threads that do operations takes from their queue.</summary>
internal enum OperationTaker
{
    /// <summary>All there is.</summary>
    Any,

    /// <summary>Nothing but what callers wait for while there are callers, so that the processors are theirs.</summary>
    StandsBack,

    /// <summary>Nothing but what callers wait for, so that it is never busy with anything else.</summary>
    OnlyCallers,
}
