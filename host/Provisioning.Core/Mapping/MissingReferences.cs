using Jint;
using Jint.Native;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace Provisioning.Core.Mapping;

/// <summary>Part of what is missing is missing, and so is the outcome of a call on it. A misspelt function on what is there stays an error.</summary>
internal sealed class MissingReferences : IReferenceResolver
{
    public const ReferenceResolverInterests Interests = ReferenceResolverInterests.NullishPropertyBase | ReferenceResolverInterests.NonCallableCallee;

    public static readonly MissingReferences Instance = new();

    public bool TryUnresolvableReference(Engine engine, Reference reference, out JsValue value)
    {
        value = JsValue.Undefined;
        return false;
    }

    public bool TryPropertyReference(Engine engine, Reference reference, ref JsValue value)
    {
        value = JsValue.Undefined;
        return true;
    }

    public bool TryGetCallable(Engine engine, object callee, out JsValue value)
    {
        value = JsValue.Undefined;
        if (callee is not Reference { Base: var holder } || !(holder.IsUndefined() || holder.IsNull()))
            return false;
        value = new ClrFunction(engine, "missing", (_, _) => JsValue.Undefined);
        return true;
    }

    public bool CheckCoercible(JsValue value) => true;
}
