namespace Provisioning.Xacml;

/// <summary>The XPath functions (A.3.15), and those of earlier versions (10.2.9).</summary>
internal static class XPathFunctions
{
    public static void AddTo(FunctionTable table)
    {
        IExpressionType xpath = DataType.XPathExpression;
        table.Add(new(FunctionTable.V3 + "xpath-node-count", [xpath], DataType.Integer, args => new XPathCount((Expression<XPathValue>)args[0])));
        table.Add(Comparison("xpath-node-equal", below: false));
        table.Add(Comparison("xpath-node-match", below: true));

        // They looked at the request as one document, which XACML 3.0 does not have: they are known, and have no value.
        var gone = Failure.Processing("XPath functions of version 1.0 need a request that is one XML document; use those of version 3.0");
        table.TryAdd<string, Integer>(FunctionTable.V1 + "xpath-node-count", DataType.String, DataType.Integer, _ => gone);
        table.TryAdd<string, string, bool>(FunctionTable.V1 + "xpath-node-equal", DataType.String, DataType.String, DataType.Boolean, (_, _) => gone);
        table.TryAdd<string, string, bool>(FunctionTable.V1 + "xpath-node-match", DataType.String, DataType.String, DataType.Boolean, (_, _) => gone);
    }

    private static Function Comparison(string name, bool below)
    {
        IExpressionType xpath = DataType.XPathExpression;
        return new(FunctionTable.V3 + name, [xpath, xpath], DataType.Boolean, args =>
            new XPathCompare((Expression<XPathValue>)args[0], (Expression<XPathValue>)args[1], below));
    }
}
