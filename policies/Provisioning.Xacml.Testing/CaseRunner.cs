using System.Text;

namespace Provisioning.Xacml.Testing;

/// <summary>Runs cases, in this process and on this thread.</summary>
public static class CaseRunner
{
    /// <summary>Runs a case in each form that it has.</summary>
    /// <param name="one">The case.</param>
    /// <returns>An outcome for XML, for JSON, or for both.</returns>
    public static IReadOnlyList<CaseOutcome> Run(ConformanceCase one)
    {
        ArgumentNullException.ThrowIfNull(one);
        if (one.Kind is CaseKind.JsonRequestAccept or CaseKind.JsonRequestReject) return [RunGuarded(one, Wire.Json)];
        // Cases about policies alone have no form; one of those stands for all.
        var forms = one.Kind is CaseKind.PolicyLoad or CaseKind.PolicyReject
            ? [] : ((Wire[])[Wire.Xml, Wire.Json]).Where(wire => one.Has(wire.RequestFile, out _)).ToList();
        return forms.Count == 0 ? [RunGuarded(one, Wire.Xml)] : [.. forms.Select(wire => RunGuarded(one, wire))];
    }

    private static CaseOutcome RunGuarded(ConformanceCase one, Wire wire)
    {
        try
        {
            return Run(one, wire);
        }
        catch (Exception error)
        {
            // Whatever it is, it is this case's result, and the others shall still run.
            return new(one, wire.Form, Verdict.Failed, $"{error.GetType().Name}: {FirstLine(error)}", null);
        }
    }

    private static CaseOutcome Run(ConformanceCase one, Wire wire)
    {
        var deviation = Deviation.Of(one);
        var kind = deviation?.Kind ?? one.Kind;
        if (kind == CaseKind.Unknown) return new(one, wire.Form, Verdict.Unsupported, "nothing in the index or the folder says what is asked", null);
        var (verdict, detail, response) = kind switch
        {
            CaseKind.PolicyReject => Judge(Reject(one) is not null, "the policies were loaded, they must be refused"),
            CaseKind.PolicyLoad => Reject(one) is { } why ? (Verdict.Failed, $"the policies were refused: {why}", null) : (Verdict.Passed, null, null),
            _ => RunRequest(one, kind, wire, deviation),
        };
        return new(one, wire.Form, verdict, verdict == Verdict.Passed ? deviation?.Why ?? detail : detail, response);
    }

    private static (Verdict Verdict, string? Detail, string? Response) RunRequest(ConformanceCase one, CaseKind kind, Wire wire, Deviation? deviation)
    {
        PolicyDecisionPoint pdp;
        try
        {
            pdp = CaseSetup.Load(one);
        }
        catch (PolicyException error)
        {
            if (kind == CaseKind.PolicyRejectOrIndeterminate) return (Verdict.Passed, null, null);
            var unsupported = error.Problems.Any(problem => problem.Message.Contains("not supported", StringComparison.Ordinal));
            return (unsupported ? Verdict.Unsupported : Verdict.Failed, $"the policies were refused: {FirstLine(error)}", null);
        }

        var (isRequest, response) = wire.Ask(pdp, File.ReadAllBytes(Path.Combine(one.Folder, wire.RequestFile)));
        var actual = wire.Read(Encoding.UTF8.GetBytes(response));
        // A decision point refuses what is no request with this answer (core 7.17).
        var refused = !isRequest || IsSyntaxError(actual);
        var (verdict, detail) = kind switch
        {
            CaseKind.JsonRequestAccept => Judge(refused ? $"the request was refused: {response}" : null),
            CaseKind.RequestReject or CaseKind.JsonRequestReject => Judge(refused ? null : "the request was understood, it must be refused"),
            CaseKind.RequestRejectOrIndeterminate when refused => Judge(null),
            _ => Judge(AnswerComparison.Difference(deviation is null ? Expected(one, wire) : deviation.Expected(() => Expected(one, wire)), actual)),
        };
        return (verdict, detail, response);
    }

    /// <summary>The response in the same form; else that in the other; else what the index says.</summary>
    private static Answer Expected(ConformanceCase one, Wire wire)
    {
        foreach (var form in (Wire[])[wire, Wire.Xml, Wire.Json])
        {
            if (one.Has(form.ResponseFile, out var response)) return form.Read(File.ReadAllBytes(response));
        }

        return one.Expected.Length == 0
            ? throw new InvalidDataException("neither a response nor the index says what is expected")
            : new([.. one.Expected.Split('|').Select(decision => AnsweredResult.Of(decision, one.ExpectedStatus, []))]);
    }

    private static bool IsSyntaxError(Answer answer) => answer.Results is [{ Decision: "Indeterminate" } only]
        && only.StatusCode is "urn:oasis:names:tc:xacml:1.0:status:syntax-error";

    private static string? Reject(ConformanceCase one)
    {
        try
        {
            CaseSetup.Load(one);
            return null;
        }
        catch (PolicyException error)
        {
            return FirstLine(error);
        }
    }

    private static (Verdict Verdict, string? Detail) Judge(string? difference) => (difference is null ? Verdict.Passed : Verdict.Failed, difference);

    private static (Verdict Verdict, string? Detail, string? Response) Judge(bool asAsked, string difference) =>
        asAsked ? (Verdict.Passed, null, null) : (Verdict.Failed, difference, null);

    private static string FirstLine(Exception error) => error.Message.Split('\n')[0].TrimEnd('\r');
}
