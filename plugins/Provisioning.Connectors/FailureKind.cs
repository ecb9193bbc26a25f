namespace Provisioning.Connectors;

/// <summary>Why an operation at a target did not succeed. The set is closed: each kind is a way to recover.</summary>
public enum FailureKind
{
    /// <summary>The target was unreachable or failed for a moment; nothing was changed. Retried with back-off.</summary>
    Transient,

    /// <summary>The target asked for a pause. The whole identity provider pauses, for the stated time if there is one.</summary>
    Throttled,

    /// <summary>The credentials or the permissions of the host were refused. Retrying without a person is useless.</summary>
    Unauthorized,

    /// <summary>An account with this key exists already, or the account changed since it was read.</summary>
    Conflict,

    /// <summary>The account is not there any more.</summary>
    Gone,

    /// <summary>The request was sent and its answer was lost: the target may or may not have done it.</summary>
    Ambiguous,

    /// <summary>The target refused this content and will refuse it again.</summary>
    Rejected,
}
