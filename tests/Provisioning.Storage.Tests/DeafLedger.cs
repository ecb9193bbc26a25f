using System.Reflection;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage.Tests;

/// <summary>A ledger whose answers to calls of one name are lost after they took effect.</summary>
public class DeafLedger : DispatchProxy
{
    private ILedger _inner = null!;
    private string? _lost;

    internal static ILedger Around(ILedger inner, string lost)
    {
        var ledger = Create<ILedger, DeafLedger>();
        var deaf = (DeafLedger)(object)ledger;
        (deaf._inner, deaf._lost) = (inner, lost);
        return ledger;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var answer = targetMethod!.Invoke(_inner, args);
        if (targetMethod.Name == _lost)
        {
            ((Task)answer!).GetAwaiter().GetResult();
            throw new IOException("the connection to the database was lost");
        }

        return answer;
    }
}
