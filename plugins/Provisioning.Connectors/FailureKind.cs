namespace Provisioning.Connectors;

/// <summary>
/// Why an operation at a target did not succeed. The set is closed: each kind is a way to recover. Hosts store the numbers.
/// </summary>
public enum FailureKind
{
    /// <summary>The target was unreachable or failed for a moment; nothing was changed. Retried with back-off.</summary>
    Transient = 0,

    /// <summary>The target asked for a pause. The whole identity provider pauses, for the stated time if there is one.</summary>
    Throttled = 1,

    /// <summary>
    /// The target does not accept the credentials of the host, for anything. The whole identity provider waits until a probe succeeds.
    /// A target that knows the host and refuses one account is <see cref="Rejected"/>.
    /// </summary>
    Unauthorized = 2,

    /// <summary>An account with this key exists already, or the account changed since it was read.</summary>
    Conflict = 3,

    /// <summary>The account is not there any more.</summary>
    Gone = 4,

    /// <summary>The request was sent and its answer was lost: the target may or may not have done it.</summary>
    Ambiguous = 5,

    /// <summary>The target refused this account or this content, and will refuse it again. Other accounts are not concerned.</summary>
    Rejected = 6,

    /// <summary>
    /// The target as a whole cannot be worked with as it is configured: a wrong address, a broken file, a missing table. Nothing was changed.
    /// The whole identity provider waits, and goes on by itself when its settings, secret or file are mended. Contract 1.3.
    /// </summary>
    Misconfigured = 7,
}
