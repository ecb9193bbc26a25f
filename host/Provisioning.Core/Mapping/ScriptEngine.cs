using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Jint.Runtime.Interop;

namespace Provisioning.Core.Mapping;

/// <summary>An engine for one evaluation: no state, no host objects, hard limits.</summary>
internal static class ScriptEngine
{
    public const int MostStatements = 10_000;
    public const int MostBytes = 16_000_000;

    // An ordinary expression takes some microseconds; on a busy machine that has just started, a thousand times as long.
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(1);

    // A regular expression is one step, in which the engine does not look at the clock.
    private static readonly TimeSpan RegexLimit = TimeSpan.FromMilliseconds(250);

    private static readonly Dictionary<string, (string Type, Func<JsValue, JsValue[], bool> Passes)> Guards = new(StringComparer.Ordinal)
    {
        // The engine looks at the memory between steps. One step of these could take all there is.
        ["repeat"] = ("String", (text, x) => ScriptText.CheckLength(Length(text) * Number(x, 0))),
        ["replaceAll"] = ("String", (text, x) => ScriptText.CheckLength(Length(text) + ((Length(text) + 1) * Length(x, 1)))),
        // Of a missing date.
        ["toISOString"] = ("Date", (date, _) => double.IsFinite(TypeConverter.ToNumber(date))),
    };

    /// <param name="guarded">Those of the methods that an expression names that need a guard (<see cref="NeedsGuard"/>).</param>
    public static Engine Create(IReadOnlyList<string> guarded)
    {
        var engine = new Engine(options =>
        {
            options.TimeoutInterval(TimeLimit).LimitMemory(MostBytes).LimitRecursion(64).MaxStatements(MostStatements).Strict().DisableStringCompilation()
                .SetReferencesResolver(MissingReferences.Instance, MissingReferences.Interests);
            options.Constraints.RegexTimeout = RegexLimit;
            options.Constraints.MaxArraySize = 1_000_000;
        });
        foreach (var name in guarded)
            Guard(engine, name, Guards[name].Type, Guards[name].Passes);
        return engine;
    }

    /// <summary>Whether a method can take all memory in one step, or fails on what is missing.</summary>
    public static bool NeedsGuard(string method) => Guards.ContainsKey(method);

    private static void Guard(Engine engine, string name, string type, Func<JsValue, JsValue[], bool> passes)
    {
        var prototype = (ObjectInstance)engine.Global.Get(type).Get("prototype");
        var original = prototype.Get(name);
        var guarded = new ClrFunction(engine, name, (self, arguments) => passes(self, arguments) ? engine.Call(original, self, arguments) : JsValue.Undefined);
        prototype.FastSetProperty(name, new PropertyDescriptor(guarded, writable: true, enumerable: false, configurable: true));
    }

    private static double Number(JsValue[] arguments, int index) => arguments.Length > index ? TypeConverter.ToNumber(arguments[index]) : 0;

    private static double Length(JsValue text) => text.IsString() ? text.AsString().Length : 0;

    private static double Length(JsValue[] arguments, int index) => arguments.Length > index ? Length(arguments[index]) : 0;
}
