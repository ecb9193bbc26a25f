using System.Text.Json.Nodes;
using Acornima.Ast;
using Jint;
using Jint.Native.Json;
using Jint.Runtime;

namespace Provisioning.Core.Mapping;

/// <summary>A JavaScript expression over <c>user</c>, in an engine of its own for each evaluation.</summary>
internal sealed class ScriptExpression : IMappingExpression
{
    private readonly Prepared<Script> _script;
    private readonly IReadOnlyList<string> _functions;
    private readonly ScriptWords _words;

    /// <exception cref="FormatException">It cannot be used; the message says why.</exception>
    public ScriptExpression(ParsedExpression expression)
    {
        _words = ScriptWords.Of(expression);
        try
        {
            _script = Engine.PrepareScript(
                $"({NullSafeSource.Of(expression)}\n)", options: new ScriptPreparationOptions { CollectReferencedGlobals = true });
        }
        catch (Exception exception) when (exception is JavaScriptException or ScriptPreparationException or NotSupportedException)
        {
            throw new FormatException(exception.Message, exception);
        }

        _functions = [.. _script.ReferencedGlobals!];
    }

    public JsonNode? Evaluate(JsonObject user)
    {
        var json = user.ToJsonString();
        using var engine = ScriptEngine.Create(_words.Methods);
        engine.SetValue("user", new JsonParser(engine).Parse(json));
        ScriptFunctions.Define(engine, _functions);
        return new ScriptResult(json, _words.Literals).Of(engine, engine.Evaluate(_script));
    }
}
