namespace Provisioning.Xacml.Tests.Random;

/// <summary>Evaluates straight from the text of the standard (chapter 7, appendix C): every child, one after the other, without any cleverness.
/// Shares no code with the engine.</summary>
internal sealed class NaiveEvaluator(IReadOnlyList<Value> request)
{
    private const string Processing = "urn:oasis:names:tc:xacml:1.0:status:processing-error";
    private const string Missing = "urn:oasis:names:tc:xacml:1.0:status:missing-attribute";
    private readonly List<string> _concerned = [];

    /// <summary>A decision: P, D, N, or I with what it could have been.</summary>
    private sealed record Result(string Decision, string? Error, IReadOnlyList<string> Duties, IReadOnlyList<string> Policies)
    {
        public static readonly Result NotApplicable = new("N", null, [], []);

        public bool IsError => Decision[0] == 'I';

        public static Result Failed(string decision, string? error) => new(decision, error, [], []);
    }

    private sealed class Fault(string code) : Exception(code)
    {
        public string Code => Message;
    }

    public Answer Evaluate(BranchNode root)
    {
        var result = Evaluate((Node)root);
        var decision = result.Decision switch { "P" => "Permit", "D" => "Deny", "N" => "NotApplicable", _ => "Indeterminate" };
        var status = result.IsError ? result.Error ?? Processing : "urn:oasis:names:tc:xacml:1.0:status:ok";
        var policies = result.IsError ? _concerned : result.Policies;
        return new(decision, status, string.Join(' ', result.Duties.OrderByDescending(duty => duty[0])), string.Join(' ', policies.Distinct()), result.Decision);
    }

    private Result Evaluate(Node node) => node switch
    {
        RuleNode rule => Rule(rule),
        ReferenceNode reference => Branch(reference.Policy),
        BranchNode branch => Branch(branch),
        _ => throw new InvalidOperationException(),
    };

    // Table 4.
    private Result Rule(RuleNode rule)
    {
        var (effect, open) = rule.Permits ? ("P", "IP") : ("D", "ID");
        var (match, error) = Target(rule.Target);
        if (match is null) return Result.Failed(open, error);
        if (match == false) return Result.NotApplicable;
        try
        {
            if (rule.Condition is not null && !Holds(rule.Condition, _variables)) return Result.NotApplicable;
            return new(effect, null, Duties(rule.Duties, rule.Permits), []);
        }
        catch (Fault fault)
        {
            return Result.Failed(open, fault.Code);
        }
    }

    private IReadOnlyDictionary<string, Formula> _variables = new Dictionary<string, Formula>();

    // Tables 5 to 7.
    private Result Branch(BranchNode branch)
    {
        var result = Decide(branch);
        if (result.Decision != "N") _concerned.Add(branch.Id);
        return result;
    }

    private Result Decide(BranchNode branch)
    {
        var (match, error) = Target(branch.Target);
        if (match == false) return Result.NotApplicable;
        var outer = _variables;
        if (!branch.IsSet) _variables = branch.Variables;
        var combined = Combine(branch);
        _variables = outer;
        if (match is null)
        {
            return combined.Decision switch
            {
                "N" => Result.NotApplicable,
                "P" => Result.Failed("IP", error),
                "D" => Result.Failed("ID", error),
                var other => Result.Failed(other, error),
            };
        }

        if (combined.Decision is not ("P" or "D")) return combined;
        try
        {
            return combined with
            {
                Duties = [.. combined.Duties, .. Duties(branch.Duties, combined.Decision == "P")],
                Policies = [.. combined.Policies, branch.Id],
            };
        }
        catch (Fault fault)
        {
            return Result.Failed("I" + combined.Decision, fault.Code);
        }
    }

    private Result Combine(BranchNode branch)
    {
        var name = branch.Algorithm[(branch.Algorithm.LastIndexOf(':') + 1)..].Replace("ordered-", "", StringComparison.Ordinal);
        var isOld = !branch.Algorithm.Contains(":3.0:", StringComparison.Ordinal);
        return name switch
        {
            "deny-overrides" when isOld && branch.IsSet => OldDenyOverrides(branch),
            "permit-overrides" when isOld && branch.IsSet => OldPermitOverrides(branch),
            "deny-overrides" => Untracked(Overrides(branch, "D", "P"), isOld),
            "permit-overrides" => Untracked(Overrides(branch, "P", "D"), isOld),
            "deny-unless-permit" => Unless(branch, "D", "P"),
            "permit-unless-deny" => Unless(branch, "P", "D"),
            "first-applicable" => FirstApplicable(branch),
            "only-one-applicable" => OnlyOneApplicable(branch),
            _ => throw new InvalidOperationException(name),
        };
    }

    private Result Overrides(BranchNode branch, string winner, string loser)
    {
        var results = new List<Result>();
        foreach (var child in branch.Children)
        {
            results.Add(Evaluate(child));
            if (results[^1].Decision == winner) return Gather(winner, results);
        }

        bool Any(string decision) => results.Exists(result => result.Decision == decision);
        if (Any("IDP")) return Fail("IDP", results);
        if (Any("I" + winner) && (Any("I" + loser) || Any(loser))) return Fail("IDP", results);
        if (Any("I" + winner)) return Fail("I" + winner, results);
        if (Any(loser)) return Gather(loser, results);
        return Any("I" + loser) ? Fail("I" + loser, results) : Result.NotApplicable;
    }

    private Result OldDenyOverrides(BranchNode branch)
    {
        var results = new List<Result>();
        foreach (var child in branch.Children)
        {
            results.Add(Evaluate(child));
            if (results[^1].Decision == "D" || results[^1].IsError) return Gather("D", results);
        }

        return results.Exists(result => result.Decision == "P") ? Gather("P", results) : Result.NotApplicable;
    }

    private Result OldPermitOverrides(BranchNode branch)
    {
        var results = new List<Result>();
        foreach (var child in branch.Children)
        {
            results.Add(Evaluate(child));
            if (results[^1].Decision == "P") return Gather("P", results);
        }

        if (results.Exists(result => result.Decision == "D")) return Gather("D", results);
        return results.Exists(result => result.IsError) ? Fail("IDP", results) : Result.NotApplicable;
    }

    private Result Unless(BranchNode branch, string usual, string exception)
    {
        var results = new List<Result>();
        foreach (var child in branch.Children)
        {
            results.Add(Evaluate(child));
            if (results[^1].Decision == exception) return Gather(exception, results);
        }

        return Gather(usual, results);
    }

    private Result FirstApplicable(BranchNode branch)
    {
        foreach (var child in branch.Children)
        {
            var result = Evaluate(child);
            if (result.Decision != "N") return Untracked(result, true);
        }

        return Result.NotApplicable;
    }

    private Result OnlyOneApplicable(BranchNode branch)
    {
        Node? chosen = null;
        foreach (var child in branch.Children)
        {
            var (match, error) = Target(child.Target);
            if (match is null) return Result.Failed("IDP", error);
            if (match == false) continue;
            if (chosen is not null) return Result.Failed("IDP", Processing);
            chosen = child;
        }

        return chosen is null ? Result.NotApplicable : Untracked(Evaluate(chosen), true);
    }

    private static Result Untracked(Result result, bool isUntracked) => isUntracked && result.IsError ? result with { Decision = "IDP" } : result;

    private static Result Gather(string decision, List<Result> results)
    {
        var same = results.Where(result => result.Decision == decision).ToList();
        return new(decision, null, [.. same.SelectMany(one => one.Duties)], [.. same.SelectMany(one => one.Policies)]);
    }

    private static Result Fail(string decision, List<Result> results) => Result.Failed(decision, results.Find(result => result.IsError)?.Error);

    // Tables 1 to 3: null is Indeterminate.
    private (bool? Match, string? Error) Target(IReadOnlyList<IReadOnlyList<IReadOnlyList<Test>>> target) =>
        All(target, anyOf => Some(anyOf, allOf => All(allOf, Match)));

    private static (bool? Match, string? Error) All<T>(IReadOnlyList<T> items, Func<T, (bool? Match, string? Error)> test)
    {
        var results = items.Select(test).ToList();
        if (results.Exists(result => result.Match == false)) return (false, null);
        var failed = results.FindIndex(result => result.Match is null);
        return failed < 0 ? (true, null) : results[failed];
    }

    private static (bool? Match, string? Error) Some<T>(IReadOnlyList<T> items, Func<T, (bool? Match, string? Error)> test)
    {
        var results = items.Select(test).ToList();
        if (results.Exists(result => result.Match == true)) return (true, null);
        var failed = results.FindIndex(result => result.Match is null);
        return failed < 0 ? (false, null) : results[failed];
    }

    private (bool? Match, string? Error) Match(Test test)
    {
        try
        {
            var failed = false;
            foreach (var value in Find(test.Attribute))
            {
                if (test.Function == "fails-for-z" && value == "z") failed = true;
                else if (Holds(test, value)) return (true, null);
            }

            return failed ? (null, Processing) : (false, null);
        }
        catch (Fault fault)
        {
            return (null, fault.Code);
        }
    }

    private static bool Holds(Test test, string value) => test.Function switch
    {
        "starts-with" => value.StartsWith(test.Literal, StringComparison.Ordinal),
        "less-than" => string.CompareOrdinal(test.Literal, value) < 0,
        _ => value == test.Literal,
    };

    private bool Holds(Formula formula, IReadOnlyDictionary<string, Formula> variables)
    {
        switch (formula)
        {
            case Always always: return always.Value;
            case IsIn test: return Find(test.Attribute).Contains(test.Literal);
            case OnlyIs test: return Find(test.Attribute) is [var only] ? only == test.Literal : throw new Fault(Processing);
            case Not not: return !Holds(not.Inner, variables);
            case Variable variable: return Holds(variables[variable.Id], variables);
            case Junction junction:
                foreach (var part in junction.Parts)
                {
                    if (Holds(part, variables) != junction.IsAnd) return !junction.IsAnd;
                }

                return junction.IsAnd;
            default: throw new InvalidOperationException();
        }
    }

    private List<string> Find(Attribute attribute)
    {
        var found = request.Where(value => value.Category == attribute.Category && value.Id == attribute.Id && value.Kind == attribute.Kind
            && (attribute.Issuer is null || value.Issuer == attribute.Issuer)).Select(value => value.Text).ToList();
        return found.Count == 0 && attribute.MustBePresent ? throw new Fault(Missing) : found;
    }

    private List<string> Duties(IReadOnlyList<Duty> duties, bool permits)
    {
        // Obligations stand before advice in a policy.
        var due = duties.Where(duty => duty.OnPermit == permits).OrderBy(duty => duty.IsAdvice);
        return [.. due.Select(duty =>
            $"{(duty.IsAdvice ? "advice" : "obligation")}:{duty.Id}=[{string.Join(',', duty.Attribute is null ? [duty.Literal!] : Find(duty.Attribute))}]")];
    }
}
