namespace Provisioning.Xacml;

/// <summary>A part of a regular expression.</summary>
internal abstract record PatternNode
{
    // Parts hold parts, and a back-reference holds its group again, so each answer is found once. Found anew for every part around
    // it, the work would double with each level.
    private CharacterSet? _characters;
    private bool? _isOptional;
    private IReadOnlyList<CharacterSet>? _loops;
    private IReadOnlyList<CharacterSet>? _steps;
    private bool _hasSteps;

    /// <summary>The characters that it can match, anywhere in it.</summary>
    public CharacterSet Characters => _characters ??= FindCharacters();

    /// <summary>Whether it can match nothing.</summary>
    public bool IsOptional => _isOptional ??= FindIsOptional();

    /// <summary>The characters of each loop in it that nothing certain separates from itself, if the part as a whole is repeated; no set twice.</summary>
    public IReadOnlyList<CharacterSet> Loops => _loops ??= [.. FindLoops().Distinct()];

    /// <summary>The sets that it matches one after the other; null if that is not so simple.</summary>
    public IReadOnlyList<CharacterSet>? Steps
    {
        get
        {
            if (!_hasSteps) (_steps, _hasSteps) = (FindSteps(), true);
            return _steps;
        }
    }

    /// <summary>All parts, this one too.</summary>
    public virtual IEnumerable<PatternNode> Parts => [this];

    /// <summary>How many atoms it holds once everything that is repeated is written out.</summary>
    public abstract double Size { get; }

    /// <summary>What was found out so far makes no difference between parts.</summary>
    public virtual bool Equals(PatternNode? other) => other is not null && EqualityContract == other.EqualityContract;

    public override int GetHashCode() => EqualityContract.GetHashCode();

    protected abstract CharacterSet FindCharacters();

    protected abstract bool FindIsOptional();

    protected abstract IEnumerable<CharacterSet> FindLoops();

    protected virtual IReadOnlyList<CharacterSet>? FindSteps() => null;
}

/// <summary>One character out of a set.</summary>
internal sealed record OneOf(CharacterClass Class) : PatternNode
{
    protected override CharacterSet FindCharacters() => Class.Characters;

    protected override bool FindIsOptional() => false;

    protected override IEnumerable<CharacterSet> FindLoops() => [];

    protected override IReadOnlyList<CharacterSet>? FindSteps() => [Characters];

    public override double Size => 1;
}

/// <summary>The start or the end of the text.</summary>
internal sealed record Anchor(bool IsStart) : PatternNode
{
    protected override CharacterSet FindCharacters() => default;

    protected override bool FindIsOptional() => true;

    protected override IEnumerable<CharacterSet> FindLoops() => [];

    protected override IReadOnlyList<CharacterSet>? FindSteps() => [];

    public override double Size => 1;
}

/// <summary>A group that a back-reference can refer to.</summary>
internal sealed record Captured(PatternNode Item, int Number) : PatternNode
{
    protected override CharacterSet FindCharacters() => Item.Characters;

    protected override bool FindIsOptional() => Item.IsOptional;

    protected override IEnumerable<CharacterSet> FindLoops() => Item.Loops;

    protected override IReadOnlyList<CharacterSet>? FindSteps() => Item.Steps;

    public override IEnumerable<PatternNode> Parts => Item.Parts.Prepend(this);

    public override double Size => Item.Size;
}

/// <summary>What a group matched, once more.</summary>
internal sealed record BackReference(Captured Group) : PatternNode
{
    protected override CharacterSet FindCharacters() => Group.Characters;

    protected override bool FindIsOptional() => true;

    protected override IEnumerable<CharacterSet> FindLoops() => Group.Loops;

    public override double Size => 1;
}

/// <summary>One part after the other; none is nothing.</summary>
internal sealed record InOrder(IReadOnlyList<PatternNode> Items) : PatternNode
{
    protected override CharacterSet FindCharacters() => Items.Aggregate(default(CharacterSet), (all, one) => all | one.Characters);

    protected override bool FindIsOptional() => Items.All(one => one.IsOptional);

    // What must stand between two rounds of a loop, and cannot belong to it, tells them apart.
    protected override IEnumerable<CharacterSet> FindLoops() => Items.SelectMany(one => one.Loops.Where(loop =>
        !Items.Any(other => other != one && !other.IsOptional && !other.Characters.Overlaps(loop))));

    protected override IReadOnlyList<CharacterSet>? FindSteps() =>
        Items.All(one => one.Steps is not null) ? [.. Items.SelectMany(one => one.Steps!)] : null;

    public override IEnumerable<PatternNode> Parts => Items.SelectMany(one => one.Parts).Prepend(this);

    // Nothing, too, takes time where it is repeated.
    public override double Size => Math.Max(1, Items.Sum(one => one.Size));
}

/// <summary>One part or another.</summary>
internal sealed record EitherOf(IReadOnlyList<PatternNode> Items) : PatternNode
{
    protected override CharacterSet FindCharacters() => Items.Aggregate(default(CharacterSet), (all, one) => all | one.Characters);

    protected override bool FindIsOptional() => Items.Any(one => one.IsOptional);

    protected override IEnumerable<CharacterSet> FindLoops() => Items.SelectMany(one => one.Loops);

    public override IEnumerable<PatternNode> Parts => Items.SelectMany(one => one.Parts).Prepend(this);

    public override double Size => Items.Sum(one => one.Size);

    /// <summary>Whether two alternatives can match the same text, perhaps by taking one of them several times.</summary>
    public bool IsAmbiguous => Items.Any(one => Items.Any(other => one != other && Covers(one.Steps, other.Steps)))
        || Items.Distinct().Count() < Items.Count;

    private static bool Covers(IReadOnlyList<CharacterSet>? one, IReadOnlyList<CharacterSet>? other) => (one, other) switch
    {
        (null, _) or (_, null) or ({ Count: 0 }, _) => false,
        ([var single], { Count: > 0 }) => other.All(step => step.Overlaps(single)),
        _ => one.Count == other.Count && one.Zip(other).All(pair => pair.First.Overlaps(pair.Second)),
    };
}

/// <summary>A part several times.</summary>
/// <param name="Item">The part.</param>
/// <param name="Least">How often at least.</param>
/// <param name="Most">How often at most; null if there is no bound.</param>
/// <param name="IsReluctant">Whether it takes no more than it must.</param>
internal sealed record Repeated(PatternNode Item, int Least, int? Most, bool IsReluctant = false) : PatternNode
{
    // So many rounds are as bad as any number of them.
    private const int Many = 10;

    /// <summary>Whether it is a loop of many rounds.</summary>
    public bool IsLoop => Most is null or >= Many;

    protected override CharacterSet FindCharacters() => Item.Characters;

    protected override bool FindIsOptional() => Least == 0 || Item.IsOptional;

    protected override IEnumerable<CharacterSet> FindLoops() => Most is null ? Item.Loops.Append(Item.Characters) : Item.Loops;

    protected override IReadOnlyList<CharacterSet>? FindSteps() => Most == 1 ? Item.Steps : null;

    public override IEnumerable<PatternNode> Parts => Item.Parts.Prepend(this);

    public override double Size => Item.Size * Math.Max(1, Most ?? Least);
}
