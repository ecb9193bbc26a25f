using System.Diagnostics.CodeAnalysis;

namespace Provisioning.Xacml;

/// <summary>What belongs to the evaluation of one request. Used again and again by one thread, so that a decision allocates little more than its answer.</summary>
internal sealed class EvaluationContext(PolicyProgram program)
{
    private readonly Bag?[] _slots = new Bag?[program.Slots.Count];
    private readonly Dictionary<AttributeSlot, Failure> _unresolved = [];
    private readonly VariableCell?[] _cells = new VariableCell?[program.CellCount];
    private readonly List<int> _usedSlots = [];
    private readonly List<VariableCell> _usedCells = [];
    // The values by slot: those that the request was made with, or those that were looked up.
    private Bag?[] _known = [];
    private ClockWatch? _clock;
    private XPathBudget? _xpathBudget;
    private NestedDecisions? _nested;

    public PolicyProgram Program => program;

    public XacmlRequest Request { get; private set; } = XacmlRequest.Empty;

    public TraceWriter? Trace { get; private set; }

    /// <summary>The moment of the decision, and until when it holds.</summary>
    public ClockWatch Clock => _clock ??= new(this);

    /// <summary>Why the last evaluation that failed did so.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>Until when the answer holds; null if time alone does not change it.</summary>
    public DateTimeOffset? HoldsUntil => _clock?.HoldsUntil;

    /// <summary>How far XPath may still walk.</summary>
    public XPathBudget XPathBudget => _xpathBudget ??= Request.XPathBudget ?? new(program.Options.RequestLimits.XPathSteps);

    /// <summary>How often policies may still ask the decision point themselves.</summary>
    public NestedDecisions Nested => _nested ??= new(program.Options.RequestLimits.NestedDecisions);

    public Cursor[] Cursors { get; private set; } = new Cursor[4];

    /// <summary>The duties and policies that belong to the decisions made so far.</summary>
    public Contributions Contributions { get; } = new();

    /// <summary>All policies that were not NotApplicable.</summary>
    public List<PolicyIdentifier> Concerned { get; } = [];

    /// <summary>The policies that were fully applicable, if the request wants to know them: those that came to Permit or Deny, whatever became of it.</summary>
    public List<PolicyIdentifier> Applicable { get; } = [];

    /// <summary>Where target indexes put the children that they find.</summary>
    public CandidateStack Candidates { get; } = new();

    public void Start(XacmlRequest request, TraceWriter? trace)
    {
        Request = request;
        _known = request.Resolved is { } resolved && resolved.Program == program ? resolved.Bags : _slots;
        Trace = trace;
        Failure = null;
    }

    /// <summary>Starts an evaluation that belongs to another one: at the same moment, and out of the same budgets.</summary>
    public void StartWithin(EvaluationContext outer, XacmlRequest request, EvaluationTrace? trace)
    {
        Start(request, trace is null ? null : new TraceWriter(trace));
        _clock = outer.Clock;
        _nested = outer.Nested;
    }

    /// <summary>Forgets the request, so that nothing of it outlives the evaluation.</summary>
    public void Finish()
    {
        _known = [];
        foreach (var slot in _usedSlots) _slots[slot] = null;
        _usedSlots.Clear();
        foreach (var cell in _usedCells) cell.Forget();
        _usedCells.Clear();
        if (_unresolved.Count > 0) _unresolved.Clear();
        Cursors.AsSpan().Clear();
        Contributions.Clear();
        Concerned.Clear();
        if (Applicable.Count > 0) Applicable.Clear();
        Candidates.Clear();
        Request = XacmlRequest.Empty;
        Trace = null;
        Failure = null;
        _clock?.Reset();
        _xpathBudget = null;
        _nested = null;
    }

    /// <summary>Notes a failure; answers false, so that callers can return it.</summary>
    public bool Fail(Failure failure)
    {
        Failure = failure;
        return false;
    }

    /// <summary>Forgets the last failure.</summary>
    public void Forget() => Failure = null;

    /// <summary>Takes the value out of a result, or notes its failure.</summary>
    public bool Take<T>(Result<T> result, [MaybeNullWhen(false)] out T value)
    {
        value = result.Value;
        return result.Failure is null || Fail(result.Failure);
    }

    /// <summary>The values of an attribute that are there already; null if they have to be looked up.</summary>
    public Bag? Known(AttributeSlot slot) => _known[slot.Index];

    /// <summary>The values of an attribute. Fails only if a provider does.</summary>
    public bool TryResolve(AttributeSlot slot, out Bag bag)
    {
        var known = _known[slot.Index];
        if (known is not null)
        {
            bag = known;
            return true;
        }

        return TryLookUp(slot, out bag);
    }

    public VariableCell<T> Cell<T>(int index)
    {
        var cell = (VariableCell<T>?)_cells[index];
        if (cell is null) _cells[index] = cell = new VariableCell<T>();
        if (!cell.IsKnown) _usedCells.Add(cell);
        return cell;
    }

    public void EnsureCursors(int count)
    {
        if (count > Cursors.Length) Cursors = new Cursor[count];
    }

    private bool TryLookUp(AttributeSlot slot, out Bag bag)
    {
        if (_slots[slot.Index] is { } known)
        {
            bag = known;
            return true;
        }

        if (_unresolved.TryGetValue(slot, out var earlier))
        {
            bag = slot.Type.Empty;
            return Fail(earlier);
        }

        var found = AttributeLookup.Find(this, slot);
        bag = found.Value ?? slot.Type.Empty;
        if (found.Failure is { } failure)
        {
            _unresolved.Add(slot, failure);
            return Fail(failure);
        }

        _slots[slot.Index] = bag;
        _usedSlots.Add(slot.Index);
        return true;
    }
}
