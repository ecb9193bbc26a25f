using System.Text.Json.Nodes;
using Acornima.Ast;
using Jint;
using Jint.Native;
using Jint.Native.Json;

namespace Provisioning.Core.Mapping;

/// <summary>
/// A JavaScript expression over <c>user</c>, in an engine of its own for each evaluation: no state, no host objects, hard limits.
/// <c>account(id)</c> stands for the account of another user at the target.
/// </summary>
internal sealed class ScriptExpression : IMappingExpression
{
    private static readonly Prepared<Script> Helpers =
        Engine.PrepareScript("function account(id) { return id ? { $account: String(id) } : null; }");

    private readonly Prepared<Script> _script;

    public ScriptExpression(string expression) => _script = Engine.PrepareScript($"({expression}\n)");

    public JsonNode? Evaluate(JsonObject user)
    {
        using var engine = new Engine(options => options
            .TimeoutInterval(TimeSpan.FromMilliseconds(250))
            .LimitMemory(16_000_000)
            .LimitRecursion(64)
            .MaxStatements(10_000)
            .Strict());
        engine.SetValue("user", new JsonParser(engine).Parse(user.ToJsonString()));
        engine.Execute(Helpers);
        var value = engine.Evaluate(_script);
        if (value.IsNull() || value.IsUndefined())
            return null;
        var text = new JsonSerializer(engine).Serialize(value, JsValue.Undefined, JsValue.Undefined);
        return text.IsString() ? JsonNode.Parse(text.AsString()) : null;
    }
}
