namespace Provisioning.Xacml.Tests.Random;

// The policies of the property test, as plain data: written as XML for the engine, read directly by the naive evaluator.
internal enum Kind
{
    Text,
    Number,
    Uri,
}

internal sealed record Attribute(string Category, string Id, Kind Kind, string? Issuer, bool MustBePresent);

/// <summary>A match or a comparison: equal, starts-with, less-than (of the literal), or one that fails for the value "z".</summary>
internal sealed record Test(string Function, string Literal, Attribute Attribute);

internal abstract record Formula;

internal sealed record Always(bool Value) : Formula;

internal sealed record IsIn(string Literal, Attribute Attribute) : Formula;

internal sealed record OnlyIs(string Literal, Attribute Attribute) : Formula;

internal sealed record Junction(bool IsAnd, IReadOnlyList<Formula> Parts) : Formula;

internal sealed record Not(Formula Inner) : Formula;

internal sealed record Variable(string Id) : Formula;

internal sealed record Duty(string Id, bool IsAdvice, bool OnPermit, string? Literal, Attribute? Attribute);

internal abstract record Node(string Id, IReadOnlyList<IReadOnlyList<IReadOnlyList<Test>>> Target, IReadOnlyList<Duty> Duties);

internal sealed record RuleNode(
    string Id, bool Permits, IReadOnlyList<IReadOnlyList<IReadOnlyList<Test>>> Target, Formula? Condition, IReadOnlyList<Duty> Duties)
    : Node(Id, Target, Duties);

internal sealed record BranchNode(
    string Id,
    bool IsSet,
    string Algorithm,
    IReadOnlyList<IReadOnlyList<IReadOnlyList<Test>>> Target,
    IReadOnlyList<Node> Children,
    IReadOnlyDictionary<string, Formula> Variables,
    IReadOnlyList<Duty> Duties) : Node(Id, Target, Duties);

/// <summary>A reference to a policy that is defined elsewhere.</summary>
internal sealed record ReferenceNode(BranchNode Policy) : Node(Policy.Id, Policy.Target, []);

internal sealed record Value(string Category, string Id, Kind Kind, string? Issuer, string Text);

/// <summary>What is compared between the two evaluators.</summary>
internal sealed record Answer(string Decision, string Status, string Duties, string Policies, string Extended);
