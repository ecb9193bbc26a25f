using System.Security.Cryptography;
using System.Text;
using System.Xml;

namespace Provisioning.Xacml;

/// <summary>Decides requests by compiled policies. Immutable and safe for concurrent use.</summary>
public sealed class PolicyDecisionPoint
{
    private readonly IReadOnlyList<Evaluable> _roots;
    private readonly CombiningAlgorithm _algorithm;
    private readonly TimeProvider _time;

    private PolicyDecisionPoint(IReadOnlyList<Evaluable> roots, CombiningAlgorithm algorithm, TimeProvider time, string revision, IReadOnlyList<LoadedPolicy> policies)
    {
        _roots = roots;
        _algorithm = algorithm;
        _time = time;
        Revision = revision;
        Policies = policies;
    }

    /// <summary>Names the content: the same sources have the same revision.</summary>
    public string Revision { get; }

    /// <summary>How many policies and policy sets are loaded.</summary>
    public int PolicyCount => Policies.Count;

    /// <summary>The policies and policy sets that are loaded, nested ones too.</summary>
    public IReadOnlyList<LoadedPolicy> Policies { get; }

    /// <summary>Compiles policies. Top-level policies that no other refers to are the roots.</summary>
    /// <param name="sources">The documents.</param>
    /// <param name="options">The settings.</param>
    /// <returns>The decision point.</returns>
    /// <exception cref="PolicyException">Something is wrong; the exception lists all of it.</exception>
    public static PolicyDecisionPoint Load(IEnumerable<PolicySource> sources, PdpOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sources);
        options ??= new PdpOptions();
        var all = sources.ToList();
        var problems = new List<PolicyProblem>();
        var (tops, policies, references) = (new List<PolicyNode>(), new List<PolicyNode>(), new List<PolicyReference>());
        foreach (var source in all)
        {
            try
            {
                var scope = new PolicyScope(source.Name, problems);
                var top = new PolicyCompiler(scope, policies, references).Compile(SafeXml.Read(source.Text).Root!);
                if (top is not null) tops.Add(top);
            }
            catch (XmlException error)
            {
                problems.Add(new(source.Name, error.LineNumber, error.Message));
            }
        }

        var algorithm = CombiningAlgorithms.Find(options.RootCombiningAlgorithm, forRules: false);
        if (algorithm is null) problems.Add(new(null, 0, $"combining algorithm '{options.RootCombiningAlgorithm}' is not supported"));
        var roots = PolicyLinker.Link(tops, policies, references, problems);
        if (problems.Count > 0) throw new PolicyException(problems);
        return new(roots, algorithm!, options.Time, RevisionOf(all), [.. policies.Select(LoadedPolicy.Of)]);
    }

    /// <summary>Compiles a file, or all *.xml files below a folder except those in folders named "cases".</summary>
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
        var context = new EvaluationContext(request, _time, trace);
        NodeResult result;
        try
        {
            // A single root answers for itself; combining would only blur its status.
            result = _roots is [var only] ? only.Evaluate(context) : _algorithm(_roots, context);
        }
        catch (Exception error)
        {
            result = NodeResult.Indeterminate(Outcome.IndeterminateDP, new Status(StatusCodes.ProcessingError, error.Message));
        }

        var decision = result.Outcome switch
        {
            Outcome.Permit => Decision.Permit,
            Outcome.Deny => Decision.Deny,
            Outcome.NotApplicable => Decision.NotApplicable,
            _ => Decision.Indeterminate,
        };
        var status = decision == Decision.Indeterminate
            ? result.Status ?? new Status(StatusCodes.ProcessingError, "the policies contradict each other") : null;
        // Of an answer that could not be found, all are named that had something to say: one of them is in the way.
        IReadOnlyList<PolicyIdentifier> policies = status is null ? [.. result.Policies.Distinct()] : context.Policies;
        return new(decision, status?.Code ?? StatusCodes.Ok, status?.Message, result.Obligations, result.Advice, policies)
        {
            ReturnPolicyIdList = request.ReturnPolicyIdList,
            Included = request.Included,
        };
    }

    internal static string RevisionOf(IEnumerable<PolicySource> sources)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var source in sources)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(source.Name + '\0' + source.Text + '\0'));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
