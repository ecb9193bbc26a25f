namespace Provisioning.Xacml;

/// <summary>Calls a function.</summary>
internal sealed class Apply(Function function, Expression[] arguments) : Expression
{
    public override ExpressionType Type => function.Returns;

    public override object Evaluate(EvaluationContext context)
    {
        if (function.Lazy is { } lazy) return lazy(arguments, context);
        var values = new object[arguments.Length];
        for (var i = 0; i < values.Length; i++) values[i] = arguments[i].Evaluate(context);
        return function.Call(values);
    }
}
