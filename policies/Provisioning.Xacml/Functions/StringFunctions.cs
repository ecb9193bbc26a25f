using static Provisioning.Xacml.FunctionTable;

namespace Provisioning.Xacml;

/// <summary>Text (A.3.3, A.3.9).</summary>
internal static class StringFunctions
{
    public static void AddTo(FunctionTable table)
    {
        var text = DataType.String;
        table.Add(V1 + "string-normalize-space", text, text, value => Texts.Trimmed(value));
        table.Add(V1 + "string-normalize-to-lower-case", text, text, value => value.ToLowerInvariant());
        table.AddMany(V2 + "string-concatenate", text, 2, text, Concatenate);
        // Deprecated; the pieces behind the URI are text.
        table.Add(new(V2 + "uri-string-concatenate", [DataType.AnyUri, text], DataType.AnyUri, args => new TryApplyMany<string, string>(
            DataType.AnyUri, Concatenate, Array.ConvertAll(args, arg => (Expression<string>)arg)))
        { Rest = text });

        // The text that is searched comes second.
        foreach (var type in (DataType<string>[])[DataType.String, DataType.AnyUri])
        {
            table.Add(V3 + type.Name + "-starts-with", text, type, DataType.Boolean, (part, whole) => whole.StartsWith(part, StringComparison.Ordinal));
            table.Add(V3 + type.Name + "-ends-with", text, type, DataType.Boolean, (part, whole) => whole.EndsWith(part, StringComparison.Ordinal));
            table.Add(V3 + type.Name + "-contains", text, type, DataType.Boolean, (part, whole) => whole.Contains(part, StringComparison.Ordinal));
            table.TryAdd(V3 + type.Name + "-substring", type, DataType.Integer, DataType.Integer, text, Texts.Substring);
        }
    }

    private static Result<string> Concatenate(string[] parts)
    {
        // Repeated doubling by nested calls must not fill the memory.
        const int MaxLength = 10_000_000;
        var length = 0L;
        foreach (var part in parts) length += part.Length;
        return length <= MaxLength ? string.Concat(parts) : Failure.Limit($"a text of more than {MaxLength} characters");
    }
}
