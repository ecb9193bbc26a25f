namespace Provisioning.Xacml.Tests.Random;

/// <summary>Makes policies and requests out of few attributes and few values, so that everything happens often.</summary>
internal sealed class Generator(int seed)
{
    private static readonly string[] Algorithms =
    [
        "3.0:{0}:deny-overrides", "3.0:{0}:permit-overrides", "3.0:{0}:ordered-deny-overrides", "3.0:{0}:ordered-permit-overrides",
        "3.0:{0}:deny-unless-permit", "3.0:{0}:permit-unless-deny", "1.0:{0}:first-applicable",
        "1.0:{0}:deny-overrides", "1.0:{0}:permit-overrides", "1.1:{0}:ordered-deny-overrides", "1.1:{0}:ordered-permit-overrides",
    ];

    private readonly System.Random _random = new(seed);
    private readonly List<BranchNode> _referable = [];

    // Attributes that nearly all targets of a tree ask for: only then an index over them pays.
    private readonly List<Attribute> _favourites = [];
    private int _ids;

    /// <summary>A policy set, and the policies that it refers to.</summary>
    public (BranchNode Root, IReadOnlyList<BranchNode> Referred) Policies()
    {
        if (Chance(2)) _favourites.AddRange(Enumerable.Range(0, _random.Next(1, 3)).Select(_ => Attribute()).ToList());
        for (var i = _random.Next(3); i > 0; i--) _referable.Add(Branch(isSet: false, depth: 0));
        return (Branch(isSet: _random.Next(5) > 0, depth: 3), _referable);
    }

    public List<Value> Request() => [.. Enumerable.Range(0, _random.Next(9)).Select(_ =>
    {
        var attribute = Attribute();
        return new Value(attribute.Category, attribute.Id, attribute.Kind, Chance(4) ? "issuer" : null, Text(attribute.Kind));
    })];

    private BranchNode Branch(bool isSet, int depth)
    {
        var id = $"{(isSet ? "s" : "p")}{_ids++}";
        var variables = isSet ? [] : Enumerable.Range(0, _random.Next(3)).ToDictionary(i => $"v{i}", _ => Formula([], 2));
        // Many children now and then: only then there is an index.
        var count = Chance(3) ? _random.Next(4, 12) : _random.Next(4);
        var children = Enumerable.Range(0, count).Select(_ => isSet ? Child(depth - 1) : Rule([.. variables.Keys])).ToList();
        return new(id, isSet, Algorithm(isSet), Chance(2) ? [] : Target(), children, variables, Duties(id));
    }

    private Node Child(int depth)
    {
        if (_referable.Count > 0 && Chance(4)) return new ReferenceNode(Pick(_referable));
        return Branch(isSet: depth > 0 && Chance(2), depth);
    }

    private RuleNode Rule(IReadOnlyList<string> variables)
    {
        var id = $"r{_ids++}";
        return new(id, Chance(2), Chance(3) ? [] : Target(), Chance(2) ? Formula(variables, 2) : null, Duties(id));
    }

    private string Algorithm(bool isSet)
    {
        if (isSet && Chance(10)) return "urn:oasis:names:tc:xacml:1.0:policy-combining-algorithm:only-one-applicable";
        return "urn:oasis:names:tc:xacml:" + Pick(Algorithms).Replace("{0}", isSet ? "policy-combining-algorithm" : "rule-combining-algorithm", StringComparison.Ordinal);
    }

    private List<IReadOnlyList<IReadOnlyList<Test>>> Target() => Some(3, () => (IReadOnlyList<IReadOnlyList<Test>>)Some(2, () =>
        (IReadOnlyList<Test>)Some(2, Test, least: 1), least: 1), least: 0);

    private Test Test()
    {
        var attribute = Attribute();
        var function = _random.Next(8) switch
        {
            0 when attribute.Kind == Kind.Text => "starts-with",
            1 when attribute.Kind == Kind.Text => "fails-for-z",
            0 or 1 when attribute.Kind == Kind.Number => "less-than",
            _ => "equal",
        };
        return new(function, Text(attribute.Kind), attribute);
    }

    private Formula Formula(IReadOnlyList<string> variables, int depth) => _random.Next(depth > 0 ? 8 : 5) switch
    {
        0 => new Always(Chance(2)),
        1 or 2 when Attribute() is var attribute => new IsIn(Text(attribute.Kind), attribute),
        3 when Attribute() is var attribute => new OnlyIs(Text(attribute.Kind), attribute),
        4 when variables.Count > 0 => new Variable(Pick(variables)),
        5 => new Not(Formula(variables, depth - 1)),
        6 or 7 => new Junction(Chance(2), Some(3, () => Formula(variables, depth - 1), least: 1)),
        _ => new Always(true),
    };

    private List<Duty> Duties(string owner) => Chance(2) ? [] : Some(2, () => new Duty(
        $"{owner}-{_ids++}", Chance(3), Chance(2), Text(Kind.Text), Chance(2) ? Attribute() : null), least: 0);

    private Attribute Attribute() => _favourites.Count > 0 && !Chance(4) ? Pick(_favourites) with { MustBePresent = Chance(6) } : new(
        Pick(["urn:a", "urn:b"]), Pick(["x", "y", "z"]), Pick([Kind.Text, Kind.Text, Kind.Number, Kind.Uri]), Chance(12) ? "issuer" : null, Chance(8));

    private string Text(Kind kind) => kind == Kind.Number ? Pick(["1", "2", "3"]) : Pick(["a", "b", "ab", "z"]);

    private List<T> Some<T>(int most, Func<T> make, int least) => [.. Enumerable.Range(0, _random.Next(least, most + 1)).Select(_ => make())];

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
}
