using Provisioning.Core.Pipeline;

namespace Provisioning.Host.Inbound;

/// <summary>How a user came to be as somebody said.</summary>
/// <param name="Effect">What that took.</param>
internal sealed record UpsertResult(SubmissionResult Submission, WriteEffect Effect);
