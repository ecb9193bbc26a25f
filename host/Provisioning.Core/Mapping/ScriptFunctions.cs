using System.Text;
using System.Text.Json.Nodes;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Jint.Runtime.Interop;

namespace Provisioning.Core.Mapping;

/// <summary>The functions of mappings, and those that <see cref="NullSafeSource"/> puts in the place of operators.</summary>
internal static class ScriptFunctions
{
    public const string Add = "$add$";
    public const string Text = "$text$";
    public const string AsText = "$string$";
    public const string AList = "$list$";
    public const string AnObject = "$object$";

    private static readonly Dictionary<string, Func<Engine, JsValue[], JsValue>> All = new(StringComparer.Ordinal)
    {
        [Add] = (_, x) => ScriptText.Add(x),
        [Text] = (_, x) => ScriptText.Concat(x),
        [AsText] = (_, x) => x.Length == 0 ? JsString.Empty : ScriptText.Of(x[0]) is { } text ? JsString.Create(text) : JsValue.Undefined,
        [AList] = (engine, x) => ScriptText.IsMissing(x[0]) ? new JsArray(engine) : x[0],
        [AnObject] = (engine, x) => ScriptText.IsMissing(x[0]) ? new JsObject(engine) : x[0],
        ["account"] = (engine, x) => x.Length > 0 && ScriptText.Of(x[0]) is { Length: > 0 } id ? FromJson(engine, AccountReference.To(id)) : JsValue.Undefined,
        ["join"] = (_, x) => Join(x),
        ["primary"] = (_, x) => x.Length == 0 ? JsValue.Undefined : Primary(x[0]),
        ["randomPassword"] = (engine, x) => FromJson(engine, GeneratedSecret.Password(x.Length == 0 || x[0].IsUndefined() ? null : TypeConverter.ToNumber(x[0]))),
    };

    /// <summary>What authors of mappings can call.</summary>
    public static IEnumerable<string> Names => All.Keys.Where(x => x[0] != '$');

    /// <summary>Those of the functions that an expression refers to.</summary>
    public static IReadOnlyList<KeyValuePair<string, Func<Engine, JsValue[], JsValue>>> Among(IEnumerable<string> names) => [.. All.Where(x => names.Contains(x.Key))];

    public static void Define(Engine engine, IReadOnlyList<KeyValuePair<string, Func<Engine, JsValue[], JsValue>>> functions)
    {
        foreach (var (name, function) in functions)
            engine.SetValue(name, new ClrFunction(engine, name, (_, arguments) => function(engine, arguments)));
    }

    private static JsValue Join(JsValue[] arguments)
    {
        var separator = arguments.Length == 0 ? "" : ScriptText.Of(arguments[0]) ?? "";
        var texts = arguments.Skip(1).SelectMany(x => x is JsArray list ? list.ToArray() : [x]).Select(ScriptText.Of).Where(x => !string.IsNullOrWhiteSpace(x)).ToList();
        ScriptText.CheckLength(texts.Sum(x => (double)x!.Length + separator.Length));
        return texts.Count == 0 ? JsValue.Undefined : JsString.Create(string.Join(separator, texts));
    }

    private static JsValue Primary(JsValue list)
    {
        if (list is not JsArray entries)
            return list is ObjectInstance single ? single.Get("value") : list;
        var first = JsValue.Undefined;
        foreach (var entry in entries)
        {
            var value = entry is ObjectInstance complex ? complex.Get("value") : entry;
            if (ScriptText.IsMissing(value))
                continue;
            if (entry is ObjectInstance candidate && IsTrue(candidate.Get("primary")))
                return value;
            if (first.IsUndefined())
                first = value;
        }

        return first;
    }

    // Some clients write booleans as text.
    private static bool IsTrue(JsValue flag) => flag.IsString() ? bool.TryParse(flag.AsString(), out var value) && value : TypeConverter.ToBoolean(flag);

    private static JsObject FromJson(Engine engine, JsonObject json)
    {
        var result = new JsObject(engine);
        foreach (var (name, value) in json)
            result.Set(name, value!.GetValueKind() == System.Text.Json.JsonValueKind.Number ? JsNumber.Create(value.GetValue<int>()) : JsString.Create(value.GetValue<string>()));
        return result;
    }
}
