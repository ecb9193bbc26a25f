namespace Provisioning.Xacml;

/// <summary>Finds regular expressions that take exponential time in engines which backtrack. This one does not, others that read the policy may.</summary>
internal static class PatternCheck
{
    // What is longer takes too long to look into.
    private const int MaxLength = 1000;

    public static void Examine(IEnumerable<(SourcePlace Place, string Pattern)> patterns, List<PolicyProblem> findings)
    {
        foreach (var (place, pattern) in patterns)
        {
            if (pattern.Length > MaxLength || PatternParser.Parse(pattern).Pattern is not { } node) continue;
            var why = node.Parts.Select(Fault).FirstOrDefault(fault => fault is not null);
            if (why is not null) findings.Add(new(place.File, place.Line, $"pattern '{pattern}' {why}: an engine that backtracks can hang on it"));
        }
    }

    private static string? Fault(PatternNode part) => part switch
    {
        Repeated { IsLoop: true } loop when loop.Item.Loops.Any() => "repeats what repeats, and nothing tells the rounds apart",
        Repeated { IsLoop: true, Item: EitherOf { IsAmbiguous: true } } => "repeats a choice of which two alternatives match the same",
        InOrder sequence when RepeatsTwice(sequence) => "repeats the same twice in a row",
        _ => null,
    };

    private static bool RepeatsTwice(InOrder sequence)
    {
        Repeated? before = null;
        foreach (var item in sequence.Items)
        {
            if (item is Repeated { Most: null } loop)
            {
                if (before is not null && before.Characters == loop.Characters) return true;
                before = loop;
            }
            else if (!item.IsOptional)
            {
                before = null;
            }
        }

        return false;
    }
}
