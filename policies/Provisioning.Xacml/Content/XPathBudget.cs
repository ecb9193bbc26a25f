namespace Provisioning.Xacml;

/// <summary>
/// How far XPath may walk for one decision. An expression of a dozen characters can ask for the cube of the content's size, and requests
/// bring both expressions and content.
/// </summary>
internal sealed class XPathBudget(long steps)
{
    private long _taken;

    public void Take(int count = 1)
    {
        _taken += count;
        if (_taken > steps) throw new XPathBudgetException(steps);
    }
}

/// <summary>The budget is used up; caught where the expression was started.</summary>
internal sealed class XPathBudgetException(long steps) : Exception($"it walks more than {steps} steps");
