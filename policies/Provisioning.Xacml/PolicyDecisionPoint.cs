using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Provisioning.Xacml;

/// <summary>Decides requests by compiled policies. Immutable and safe for concurrent use.</summary>
public sealed class PolicyDecisionPoint
{
    [ThreadStatic]
    private static StrongBox<EvaluationContext?>? _spare;

    private readonly PolicyProgram _program;

    // A single root answers for itself; combining would only blur its status.
    private readonly Evaluable? _root;
    private readonly Branch _roots;
    private readonly PolicyCollection _policies;
    private readonly MultipleDecisions _decisions;
    private IReadOnlyList<LoadedPolicy>? _loaded;
    private IReadOnlyList<NeededAttribute>? _needed;

    private PolicyDecisionPoint(PolicyProgram program, Evaluable? root, Branch roots, PolicyCollection policies, string revision)
    {
        _program = program;
        _root = root;
        _roots = roots;
        _policies = policies;
        Revision = revision;
        // Attribute providers may go by attributes that no policy asks for.
        Vocabulary = new(program.Options.DataTypes, program.Options.AttributeProviders.Count == 0 ? program : null);
        _decisions = new(program.Options.ResourceHierarchy, Limits);
        program.DecisionPoint = this;
    }

    /// <summary>Names the content: the same sources have the same revision. Of a folder's files their paths within it count, not where it lies.</summary>
    public string Revision { get; }

    internal PolicyProgram Program => _program;

    internal Branch Roots => _roots;

    internal IReadOnlyList<PolicyNode> Nodes => _policies.Policies;

    internal IReadOnlyList<Branch> Branches => _policies.Branches;

    internal RequestVocabulary Vocabulary { get; }

    internal RequestLimits Limits => _program.Options.RequestLimits;

    /// <summary>How many policies and policy sets are loaded.</summary>
    public int PolicyCount => _policies.Policies.Count;

    /// <summary>The policies and policy sets that are loaded, nested ones too.</summary>
    public IReadOnlyList<LoadedPolicy> Policies => _loaded ??= [.. _policies.Policies.Select(LoadedPolicy.Of)];

    /// <summary>The attributes that the policies can ask for, so that requests need not have others.</summary>
    public IReadOnlyList<NeededAttribute> NeededAttributes =>
        _needed ??= [.. _program.Slots.Select(slot => new NeededAttribute(slot.Category, slot.AttributeId, slot.Type, slot.Issuer))];

    /// <summary>Compiles policies. Top-level policies that no other refers to are the roots.</summary>
    /// <param name="sources">The documents.</param>
    /// <param name="options">The settings.</param>
    /// <returns>The decision point.</returns>
    /// <exception cref="PolicyException">Something is wrong; the exception lists all of it.</exception>
    public static PolicyDecisionPoint Load(IEnumerable<PolicySource> sources, PdpOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var all = sources.ToList();
        var program = new PolicyProgram(options ?? new PdpOptions());
        var (root, roots, policies) = PolicyLoader.Load(program, all);
        return new(program, root, roots, policies, RevisionOf(all));
    }

    /// <summary>Compiles a file, or all *.xml files (also *.XML) below a folder except those in folders named "cases".</summary>
    /// <param name="pathOrFile">The folder or file.</param>
    /// <param name="options">The settings.</param>
    /// <returns>The decision point.</returns>
    /// <exception cref="PolicyException">Something is wrong; the exception lists all of it.</exception>
    public static PolicyDecisionPoint LoadFolder(string pathOrFile, PdpOptions? options = null) =>
        Load(PolicyFiles.Read(pathOrFile), options);

    /// <summary>Decides a request; whatever goes wrong is answered as Indeterminate.</summary>
    /// <param name="request">The request.</param>
    /// <param name="trace">Records the evaluation if given.</param>
    /// <returns>The decision.</returns>
    public XacmlResult Evaluate(XacmlRequest request, EvaluationTrace? trace = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        // Taken away while in use: an attribute provider may ask a decision point in its turn.
        var spare = _spare ??= new();
        var context = spare.Value is { } used && used.Program == _program ? used : new EvaluationContext(_program);
        spare.Value = null;
        context.Start(request, trace is null ? null : new TraceWriter(trace));
        try
        {
            return ResultWriter.Write(context, Decide(context));
        }
        catch (Exception error)
        {
            // Only foreign code gets here, such as a combining algorithm of somebody's own.
            context.Fail(Failure.Processing(error.Message));
            return ResultWriter.Write(context, ExtendedDecision.IndeterminateDP);
        }
        finally
        {
            context.Finish();
            spare.Value = context;
        }
    }

    /// <summary>Answers a request as it was written: decides everything that it asks for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="trace">Records the evaluations if given.</param>
    /// <returns>The results. A request that cannot be taken apart is answered with Indeterminate.</returns>
    /// <exception cref="ArgumentException">The request was read for another decision point, so that attributes are missing.</exception>
    public XacmlResponse Evaluate(XacmlRequestContext request, EvaluationTrace? trace = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!request.IsWhole && request.Reader != Vocabulary)
            throw new ArgumentException("the request was read for another decision point, which asks for other attributes", nameof(request));
        try
        {
            if (request.IsSingle) return new([Evaluate(request.Single(), trace)]);
            // One budget for all decisions: a request must not multiply what it may cost.
            var budget = new XPathBudget(Limits.XPathSteps);
            var all = new XacmlResponse([.. _decisions.TakeApart(request, budget).Select(one => Evaluate(request.For(one, budget), trace))]);
            return request.CombinedDecision ? all.Combine() : all;
        }
        catch (XacmlSyntaxException error)
        {
            return XacmlResponse.To(error);
        }
    }

    /// <summary>Decides by all policies; throws what foreign code throws.</summary>
    internal ExtendedDecision Decide(EvaluationContext context)
    {
        var decision = _root is not null ? _root.Evaluate(context) : _roots.Combine(context);
        context.Trace?.End(decision);
        return decision;
    }

    internal static string RevisionOf(IEnumerable<PolicySource> sources)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var source in sources) source.AppendTo(hash);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
