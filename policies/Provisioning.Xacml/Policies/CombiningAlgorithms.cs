using System.Collections.Frozen;

namespace Provisioning.Xacml;

/// <summary>Makes one result of many.</summary>
internal delegate NodeResult CombiningAlgorithm(IReadOnlyList<Evaluable> children, EvaluationContext context);

/// <summary>The combining algorithms of the standard by identifier.</summary>
internal static class CombiningAlgorithms
{
    private static readonly FrozenDictionary<string, CombiningAlgorithm> Rules = For("rule");
    private static readonly FrozenDictionary<string, CombiningAlgorithm> Policies = For("policy");

    public static CombiningAlgorithm? Find(string uri, bool forRules) => (forRules ? Rules : Policies).GetValueOrDefault(uri);

    private static FrozenDictionary<string, CombiningAlgorithm> For(string kind)
    {
        var known = new Dictionary<string, CombiningAlgorithm>();
        void Add(string version, string name, CombiningAlgorithm algorithm) =>
            known.Add($"urn:oasis:names:tc:xacml:{version}:{kind}-combining-algorithm:{name}", algorithm);

        // Children are always taken in their order, so that the ordered variants are the same.
        foreach (var order in (string[])["", "ordered-"])
        {
            Add("3.0", order + "deny-overrides", (c, x) => Overrides(c, x, Outcome.Deny));
            Add("3.0", order + "permit-overrides", (c, x) => Overrides(c, x, Outcome.Permit));
            var version = order.Length == 0 ? "1.0" : "1.1";
            // The old rule algorithms decide as the new ones; none of the old ones tells extended Indeterminate values apart.
            Add(version, order + "deny-overrides", kind == "rule" ? (c, x) => Widen(Overrides(c, x, Outcome.Deny)) : LegacyDenyOverrides);
            Add(version, order + "permit-overrides", kind == "rule" ? (c, x) => Widen(Overrides(c, x, Outcome.Permit)) : LegacyPermitOverrides);
        }

        Add("3.0", "deny-unless-permit", (c, x) => Unless(c, x, Outcome.Deny, Outcome.Permit));
        Add("3.0", "permit-unless-deny", (c, x) => Unless(c, x, Outcome.Permit, Outcome.Deny));
        Add("1.0", "first-applicable", FirstApplicable);
        if (kind == "policy") Add("1.0", "only-one-applicable", OnlyOneApplicable);
        return known.ToFrozenDictionary();
    }

    private static NodeResult Overrides(IReadOnlyList<Evaluable> children, EvaluationContext context, Outcome winner)
    {
        var (loser, maybeWinner, maybeLoser) = winner == Outcome.Deny
            ? (Outcome.Permit, Outcome.IndeterminateD, Outcome.IndeterminateP)
            : (Outcome.Deny, Outcome.IndeterminateP, Outcome.IndeterminateD);
        var results = new List<NodeResult>(children.Count);
        foreach (var child in children)
        {
            results.Add(child.Evaluate(context));
            if (results[^1].Outcome == winner) return Gather(winner, results);
        }

        bool Has(Outcome outcome) => results.Exists(result => result.Outcome == outcome);
        if (Has(Outcome.IndeterminateDP)) return Fail(Outcome.IndeterminateDP, results);
        if (Has(maybeWinner)) return Fail(Has(maybeLoser) || Has(loser) ? Outcome.IndeterminateDP : maybeWinner, results);
        if (Has(loser)) return Gather(loser, results);
        return Has(maybeLoser) ? Fail(maybeLoser, results) : NodeResult.NotApplicable;
    }

    private static NodeResult LegacyDenyOverrides(IReadOnlyList<Evaluable> children, EvaluationContext context)
    {
        var results = new List<NodeResult>(children.Count);
        foreach (var child in children)
        {
            results.Add(child.Evaluate(context));
            // Here an error is a refusal.
            if (results[^1].Outcome == Outcome.Deny || results[^1].IsIndeterminate) return Gather(Outcome.Deny, results);
        }

        return results.Exists(result => result.Outcome == Outcome.Permit) ? Gather(Outcome.Permit, results) : NodeResult.NotApplicable;
    }

    private static NodeResult LegacyPermitOverrides(IReadOnlyList<Evaluable> children, EvaluationContext context)
    {
        var results = new List<NodeResult>(children.Count);
        foreach (var child in children)
        {
            results.Add(child.Evaluate(context));
            if (results[^1].Outcome == Outcome.Permit) return Gather(Outcome.Permit, results);
        }

        if (results.Exists(result => result.Outcome == Outcome.Deny)) return Gather(Outcome.Deny, results);
        return results.Exists(result => result.IsIndeterminate) ? Fail(Outcome.IndeterminateDP, results) : NodeResult.NotApplicable;
    }

    private static NodeResult Unless(IReadOnlyList<Evaluable> children, EvaluationContext context, Outcome usual, Outcome exception)
    {
        var results = new List<NodeResult>(children.Count);
        foreach (var child in children)
        {
            results.Add(child.Evaluate(context));
            if (results[^1].Outcome == exception) return Gather(exception, results);
        }

        return Gather(usual, results);
    }

    private static NodeResult FirstApplicable(IReadOnlyList<Evaluable> children, EvaluationContext context)
    {
        foreach (var child in children)
        {
            var result = child.Evaluate(context);
            if (result.Outcome != Outcome.NotApplicable) return Widen(result);
        }

        return NodeResult.NotApplicable;
    }

    private static NodeResult OnlyOneApplicable(IReadOnlyList<Evaluable> children, EvaluationContext context)
    {
        Evaluable? chosen = null;
        foreach (var child in children)
        {
            var match = child.Match(context);
            if (match.Error is not null) return NodeResult.Indeterminate(Outcome.IndeterminateDP, match.Error);
            if (!match.Matches) continue;
            if (chosen is not null)
            {
                return NodeResult.Indeterminate(
                    Outcome.IndeterminateDP, new Status(StatusCodes.ProcessingError, "more than one policy is applicable"));
            }

            chosen = child;
        }

        return chosen is null ? NodeResult.NotApplicable : Widen(chosen.Evaluate(context));
    }

    // Only what agrees with the decision brings its duties along.
    private static NodeResult Gather(Outcome outcome, List<NodeResult> results)
    {
        var agreeing = results.Where(result => result.Outcome == outcome).ToList();
        return agreeing is [var only] ? only : new(
            outcome, null, [.. agreeing.SelectMany(result => result.Obligations)], [.. agreeing.SelectMany(result => result.Advice)])
        {
            Policies = [.. agreeing.SelectMany(result => result.Policies)],
        };
    }

    // An algorithm that does not tell what might have been leaves both open (appendix C.1).
    private static NodeResult Widen(NodeResult result) => result.IsIndeterminate ? result with { Outcome = Outcome.IndeterminateDP } : result;

    private static NodeResult Fail(Outcome outcome, List<NodeResult> results) =>
        NodeResult.Indeterminate(outcome, results.Find(result => result.Status is not null)?.Status);
}
