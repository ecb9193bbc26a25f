using System.Reflection;
using Provisioning.Core.Ledger;

namespace Provisioning.Host.Tests;

/// <summary>A ledger that counts what is asked of it, and that fails when it is told to.</summary>
public class CountingLedger : DispatchProxy
{
    private ILedger _inner = null!;

    internal ILedger Ledger => (ILedger)(object)this;

    internal int Looks { get; set; }

    internal int Commits { get; set; }

    internal int Plans { get; set; }

    /// <summary>The commit after so many fails.</summary>
    internal int? FailAfter { get; set; }

    /// <summary>What happens when somebody is looked at, by the number of the look.</summary>
    internal Dictionary<int, Action> AtLook { get; } = [];

    /// <summary>What happens once, before the next plans are stored.</summary>
    internal Action? BeforeCommit { get; set; }

    /// <summary>What a user's commit stores is stored, and nobody hears of it.</summary>
    internal bool LosesAnswers { get; set; }

    /// <summary>What happens once, when those are listed whom service providers took away too fast.</summary>
    internal Action? AtHeld { get; set; }

    internal static CountingLedger Around(ILedger inner)
    {
        var proxy = (CountingLedger)(object)Create<ILedger, CountingLedger>();
        proxy._inner = inner;
        return proxy;
    }

    internal void Reset() => (Looks, Commits, Plans) = (0, 0, 0);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(ILedger.AssignmentsOfAsync))
            AtLook.GetValueOrDefault(++Looks)?.Invoke();
        if (targetMethod.Name == nameof(ILedger.ListHeldAsync))
        {
            var atHeld = AtHeld;
            AtHeld = null;
            atHeld?.Invoke();
        }

        if (targetMethod.Name is nameof(ILedger.CommitPlansAsync) or nameof(ILedger.CommitUserAsync) or nameof(ILedger.CommitGroupAsync))
        {
            var before = BeforeCommit;
            BeforeCommit = null;
            before?.Invoke();
        }

        if (targetMethod.Name == nameof(ILedger.CommitPlansAsync))
        {
            if (Commits == FailAfter)
                throw new IOException("the host is gone");
            Commits++;
            Plans += ((IReadOnlyList<AssignmentPlan>)args![0]!).Count;
        }

        var answer = targetMethod.Invoke(_inner, args);
        if (!LosesAnswers || targetMethod.Name != nameof(ILedger.CommitUserAsync))
            return answer;
        ((Task)answer!).GetAwaiter().GetResult();
        throw new IOException("the connection was lost");
    }
}
