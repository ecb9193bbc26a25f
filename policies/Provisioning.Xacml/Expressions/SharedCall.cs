using System.Diagnostics.CodeAnalysis;

namespace Provisioning.Xacml;

/// <summary>A call that policies may make in several places. If they do, it is made once per request, as if it were a variable.</summary>
internal sealed class SharedCall<T>(IExpressionType<T> type, Expression<T> call) : Expression<T>(type), ISharedCall
    where T : notnull
{
    private Expression<T>? _once;

    public override ClockPart? Moving => call.Moving;

    public void Keep(PolicyProgram program) => _once ??= (Expression<T>)call.Reference(program.NewCell());

    // A trace shows in each place what was read there.
    public override bool TryEvaluate(EvaluationContext context, [MaybeNullWhen(false)] out T value) =>
        (_once is null || context.Trace is not null ? call : _once).TryEvaluate(context, out value);
}

/// <summary>A call that may be made in several places.</summary>
internal interface ISharedCall
{
    /// <summary>Keeps the value of the call while a request is evaluated.</summary>
    void Keep(PolicyProgram program);
}
