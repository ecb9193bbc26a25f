namespace Provisioning.Xacml;

/// <summary>Asking the decision point from within a policy (A.3.16).</summary>
internal static class AccessFunctions
{
    public static void AddTo(FunctionTable table) => table.Add(new(
        FunctionTable.V3 + "access-permitted", [DataType.AnyUri, DataType.String], DataType.Boolean, args =>
            new AccessPermitted((Expression<string>)args[0], (Expression<string>)args[1])));
}
