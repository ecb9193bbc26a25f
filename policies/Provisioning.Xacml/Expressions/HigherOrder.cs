using System.Diagnostics.CodeAnalysis;

namespace Provisioning.Xacml;

/// <summary>How the answers for the values of bags become one.</summary>
internal enum Quantifier
{
    /// <summary>Some combination of values holds: any-of, any-of-any.</summary>
    Any,

    /// <summary>Every combination holds: all-of, all-of-all.</summary>
    All,

    /// <summary>Each value of the first bag holds with some of the second.</summary>
    AllOfAny,

    /// <summary>Each value of the second bag holds with some of the first (A.3.12).</summary>
    AnyOfAll,
}

/// <summary>Asks a question for the values of bags.</summary>
internal sealed class QuantifiedApply(Quantifier quantifier, Expression<bool> question, Expression[] arguments) : Expression<bool>(DataType.Boolean)
{
    public override bool TryEvaluate(EvaluationContext context, out bool value)
    {
        value = false;
        var walk = new BagWalk(context, arguments.Length);
        if (!walk.TryStart(arguments)) return false;
        return quantifier switch
        {
            Quantifier.Any => Search(context, ref walk, stopAt: true, out value),
            Quantifier.All => Search(context, ref walk, stopAt: false, out value),
            Quantifier.AllOfAny => EachHasOne(context, each: 0, one: 1, out value),
            _ => EachHasOne(context, each: 1, one: 0, out value),
        };
    }

    private bool Search(EvaluationContext context, ref BagWalk walk, bool stopAt, out bool value)
    {
        value = !stopAt;
        while (walk.MoveNext())
        {
            if (!question.TryEvaluate(context, out var holds)) return false;
            if (holds != stopAt) continue;
            value = stopAt;
            return true;
        }

        return true;
    }

    private bool EachHasOne(EvaluationContext context, int each, int one, out bool value)
    {
        value = false;
        var cursors = context.Cursors;
        for (cursors[each].Position = 0; cursors[each].Position < cursors[each].Bag!.Count; cursors[each].Position++)
        {
            var found = false;
            for (cursors[one].Position = 0; !found && cursors[one].Position < cursors[one].Bag!.Count; cursors[one].Position++)
            {
                if (!question.TryEvaluate(context, out found)) return false;
            }

            if (!found) return true;
        }

        value = true;
        return true;
    }
}

/// <summary>Makes a bag of a function's answers for the values of bags.</summary>
internal sealed class MapApply<TResult>(DataType<TResult> element, Expression<TResult> call, Expression[] arguments) : Expression<Bag<TResult>>(element.Bag)
    where TResult : notnull
{
    public override ClockPart? Moving => call.Moving;

    public override bool TryEvaluate(EvaluationContext context, [MaybeNullWhen(false)] out Bag<TResult> value)
    {
        value = null;
        var walk = new BagWalk(context, arguments.Length);
        if (!walk.TryStart(arguments)) return false;
        var results = new Bag<TResult>(element, []);
        while (walk.MoveNext())
        {
            if (!call.TryEvaluate(context, out var one)) return false;
            results.Append(one);
        }

        value = results;
        return true;
    }
}
