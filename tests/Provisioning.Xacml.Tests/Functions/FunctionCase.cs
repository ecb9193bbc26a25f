using System.Globalization;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;

namespace Provisioning.Xacml.Tests.Functions;

/// <summary>One line of cases.txt.</summary>
internal sealed partial record FunctionCase(string Function, IReadOnlyList<FunctionCase.Argument> Arguments, string Expected)
{
    /// <summary>A value, a bag of them, or a function.</summary>
    public sealed record Argument(DataType? Type, IReadOnlyList<string> Values, bool IsBag, string? Function);

    public static IEnumerable<string> Lines => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Functions", "cases.txt"))
        .Where(line => line.Length > 0 && line[0] != '#');

    public static FunctionCase Parse(string line)
    {
        var split = line.LastIndexOf(" =", StringComparison.Ordinal);
        var head = line[..split];
        var function = head.Split(' ')[0];
        var arguments = ArgumentPattern().Matches(head[function.Length..]).Select(Of).ToList();
        return new(Id(function), arguments, Canonical(line[(split + 2)..].TrimStart(' ')));
    }

    /// <summary>The call, with its arguments as literals or as attributes of the request.</summary>
    public (string Policy, XacmlRequest Request) Write(bool asLiterals)
    {
        var request = new XacmlRequestBuilder();
        var call = new StringBuilder($"<Apply FunctionId='{Function}'>");
        for (var i = 0; i < Arguments.Count; i++)
        {
            var argument = Arguments[i];
            if (argument.Function is not null) call.Append(CultureInfo.InvariantCulture, $"<Function FunctionId='{argument.Function}'/>");
            else call.Append(asLiterals ? Literal(argument) : Attribute(argument, $"a{i}", request));
        }

        call.Append("</Apply>");
        var duty = $"""
            <ObligationExpressions><ObligationExpression ObligationId="o" FulfillOn="Permit">
            <AttributeAssignmentExpression AttributeId="answer">{call}</AttributeAssignmentExpression></ObligationExpression></ObligationExpressions>
            """;
        return (Policies.Policy(Policies.Rule("Permit", rest: duty)), request.Build());
    }

    [GeneratedRegex(@"&\S+|\w+\[\]|\[(?:\w+'[^']*' ?)+\]|\w+'[^']*'")]
    private static partial Regex ArgumentPattern();

    [GeneratedRegex(@"(\w+)'([^']*)'")]
    private static partial Regex ValuePattern();

    private static Argument Of(System.Text.RegularExpressions.Match match)
    {
        var text = match.Value;
        if (text[0] == '&') return new(null, [], false, Id(text[1..]));
        if (text.EndsWith("[]", StringComparison.Ordinal)) return new(TypeOf(text[..^2]), [], true, null);
        var values = ValuePattern().Matches(text);
        return new(TypeOf(values[0].Groups[1].Value), [.. values.Select(value => value.Groups[2].Value)], text[0] == '[', null);
    }

    private static string Id(string name) => $"urn:oasis:names:tc:xacml:{name.Insert(name.IndexOf(':', StringComparison.Ordinal), ":function")}";

    private static DataType TypeOf(string name) => DataType.All.Single(type => type.Name == name);

    // ~type'text' stands for what the type writes for the value.
    private static string Canonical(string expected) => Regex.Replace(expected, @"~(\w+)'([^']*)'", match =>
    {
        var bag = TypeOf(match.Groups[1].Value).NewBag();
        Assert.True(TypeOf(match.Groups[1].Value).TryAppend(bag, match.Groups[2].Value));
        return bag.Text(0);
    });

    private static string Literal(Argument argument)
    {
        var values = string.Concat(argument.Values.Select(text =>
            $"<AttributeValue DataType='{argument.Type!.Uri}'>{SecurityElement.Escape(text)}</AttributeValue>"));
        return argument.IsBag ? $"<Apply FunctionId='{BagFunction(argument.Type!, "bag")}'>{values}</Apply>" : values;
    }

    private static string Attribute(Argument argument, string id, XacmlRequestBuilder request)
    {
        request.Add(Policies.Subject, id, argument.Type!.Uri, argument.Values);
        var bag = Policies.Attribute(id, type: argument.Type.Uri);
        return argument.IsBag ? bag : $"<Apply FunctionId='{BagFunction(argument.Type, "one-and-only")}'>{bag}</Apply>";
    }

    private static string BagFunction(DataType type, string name) => FunctionTable.Standard.Ids.First(id => id.EndsWith($":{type.Name}-{name}", StringComparison.Ordinal));
}
