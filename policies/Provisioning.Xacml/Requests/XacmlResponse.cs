namespace Provisioning.Xacml;

/// <summary>The answer to a request: a result for each decision that it asked for.</summary>
/// <param name="Results">The results, in the order in which the request asked; never empty.</param>
public sealed record XacmlResponse(IReadOnlyList<XacmlResult> Results)
{
    /// <summary>The answer to something that is not a request, or not one that can be answered (core 7.17).</summary>
    /// <param name="error">What is wrong with it.</param>
    /// <returns>A single result: Indeterminate with the status syntax-error.</returns>
    public static XacmlResponse To(XacmlSyntaxException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new([new(Decision.Indeterminate, StatusCodes.SyntaxError, error.Message, [], [], [])]);
    }

    /// <summary>Combines several results into one (Multiple Decision Profile 1.0, section 3): the decision that all share, if none comes with
    /// obligations or advice.</summary>
    internal XacmlResponse Combine()
    {
        if (Results is [_]) return this;
        var first = Results[0];
        var why = Results.Any(result => result.Obligations.Count > 0 || result.Advice.Count > 0)
            ? "the results cannot be combined: some come with obligations or advice"
            : Results.Any(result => result.Decision != first.Decision) ? "the results cannot be combined: their decisions differ" : null;
        return new([why is null
            ? first with
            {
                Included = [],
                ApplicablePolicies = [.. Results.SelectMany(result => result.ApplicablePolicies).Distinct()],
                PolicyIdentifierList = [.. Results.SelectMany(result => result.PolicyIdentifierList).Distinct()],
            }
            : new(Decision.Indeterminate, StatusCodes.ProcessingError, why, [], [], [])]);
    }
}
