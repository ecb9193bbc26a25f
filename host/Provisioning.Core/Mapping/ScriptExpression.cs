using System.Text.Json.Nodes;
using Acornima.Ast;
using Jint;
using Jint.Native;
using Jint.Native.Json;
using Jint.Runtime;

namespace Provisioning.Core.Mapping;

/// <summary>A JavaScript expression over <c>user</c>, in an engine of its own for each evaluation.</summary>
internal sealed class ScriptExpression : IMappingExpression
{
    private readonly Prepared<Script> _script;
    private readonly IReadOnlyList<KeyValuePair<string, Func<Engine, JsValue[], JsValue>>> _functions;
    private readonly IReadOnlyList<string> _guarded;
    private readonly IReadOnlyList<string> _literals;

    /// <exception cref="FormatException">It cannot be used; the message says why.</exception>
    public ScriptExpression(ParsedExpression expression)
    {
        var words = ScriptWords.Of(expression);
        (_guarded, _literals) = ([.. words.Methods.Where(ScriptEngine.NeedsGuard)], words.Literals);
        try
        {
            _script = Engine.PrepareScript(
                $"({NullSafeSource.Of(expression)}\n)", options: new ScriptPreparationOptions { CollectReferencedGlobals = true });
        }
        catch (Exception exception) when (exception is JavaScriptException or ScriptPreparationException or NotSupportedException)
        {
            throw new FormatException(exception.Message, exception);
        }

        _functions = ScriptFunctions.Among(_script.ReferencedGlobals!);
    }

    public JsonNode? Evaluate(JsonObject user)
    {
        var json = ReservedNames.Json(user);
        using var engine = ScriptEngine.Create(_guarded);
        engine.SetValue("user", new JsonParser(engine).Parse(json));
        ScriptFunctions.Define(engine, _functions);
        return new ScriptResult(json, _literals).Of(engine, engine.Evaluate(_script));
    }
}
