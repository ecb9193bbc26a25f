using System.Reflection;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage.Tests;

/// <summary>A ledger that notes for whom accounts are linked.</summary>
public class NotedLinks : DispatchProxy
{
    private ILedger _inner = null!;

    internal List<bool> Awaited { get; } = [];

    internal static NotedLinks Around(ILedger inner)
    {
        var proxy = (NotedLinks)(object)Create<ILedger, NotedLinks>();
        proxy._inner = inner;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(ILedger.LinkAsync))
            Awaited.Add((bool)args![2]!);
        return targetMethod.Invoke(_inner, args);
    }
}
