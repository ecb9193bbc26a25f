using System.Text;

namespace Provisioning.Xacml.Fuzz;

/// <summary>Writes requests as programs do, but for a few places: what stands there is allowed and rare, or wrong. Whoever reads in a hurry is to
/// stumble over it.</summary>
internal sealed class OddRequest(Random random)
{
    private const string Integer = "http://www.w3.org/2001/XMLSchema#integer";
    private const string Type = "http://www.w3.org/2001/XMLSchema#";
    private const string Scope = "urn:oasis:names:tc:xacml:2.0:resource:scope";
    private const string XPath = "urn:oasis:names:tc:xacml:3.0:data-type:xpathExpression";

    private static readonly string[] Categories = [Xacml.Categories.AccessSubject, Xacml.Categories.Resource, "urn:some"];
    private static readonly string[] Ids = ["a", "b", ""];
    private static readonly (string Name, string[] Values)[] Types =
    [
        ("string", ["x", "y", "", " x ", "ž😀", "1"]), ("integer", ["1", "-0", " 7 ", "99999999999999999999"]), ("boolean", ["true", "0"]),
        ("double", ["1e3", "-0", "NaN"]), ("dateTime", ["2020-02-29T24:00:00Z"]), ("anyURI", ["urn:x", " "]),
    ];

    private static readonly string[] OddCharacters =
    [
        " ", "\t", "\n", "\r\n", "\u0001", "\0", "\u007F", "\u0085", "\u2028", "\uFEFF", "\uFFFD", "\uFFFE", "\uFFFF",
        "]", "]]>", ">", "<", "&", "'", "\"", "\\", "/", "{", ",",
        "&amp;", "&#65;", "&#13;", "&#0;", "&unknown;", "<!-- -->", "<![CDATA[x]]>", "<?x?>", "<x/>", "\\u0061", "\\ud83d", "\\n", "\\u0000", "\\x",
    ];

    private static readonly string[] OddXml =
    [
        "\r\n\t", "text", "<!-- -->", "<?x?>", "<![CDATA[]]>", "&#32;", "\u00A0", "<x/>", "<Content><x/></Content>", "<RequestDefaults/>", "]]>", "</Attributes>",
        "<RequestDefaults><XPathVersion>http://www.w3.org/TR/1999/REC-xpath-19991116</XPathVersion></RequestDefaults>",
    ];

    private static readonly string[] OddJson =
    [
        "null", "true", "1", "-0", "1e3", "01", "1.", "[]", "{}", "[[]]", "\"\"", "\"x\"", "[\"x\",1]", "[null]", "\"x", "x", "[\"x\"", "[\"x\",]",
    ];

    private static readonly PolicyDecisionPoint[] Deciders = [Decider(RequestLimits.Default), Decider(new() { Values = 4, Categories = 2 })];

    // One in so many places is odd, or one in so many texts: what is odd once is to be the only reason why a request is not plain.
    private readonly int _places = random.Next(2) == 0 ? 60 : int.MaxValue;
    private readonly int _texts = random.Next(2) == 0 ? 15 : int.MaxValue;

    /// <summary>Who decides: by policies that repeat all that they ask for, so that nothing that was read wrongly stays unseen.</summary>
    public PolicyDecisionPoint Pdp { get; } = Deciders[random.Next(Deciders.Length)];

    public byte[] Xml()
    {
        var start = Odd(
            "", "\uFEFF", " \r\n", "<!-- -->", "<!DOCTYPE Request>",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<?xml version=\"1.0\" encoding=\"us-ascii\"?>", "<?xml version=\"1.1\"?>");
        var categories = Some(3, () => Element("Attributes", [Attribute("Category", Category())], Some(3, () => Element(
            "Attribute", [Attribute("AttributeId", Id()), Attribute("IncludeInResult", Odd("false", "true", "0", " false "))], Values()))));
        var request = Element(
            "Request",
            [
                Attribute("xmlns", Odd("urn:oasis:names:tc:xacml:3.0:core:schema:wd-17", "urn:other")),
                Attribute("ReturnPolicyIdList", Flag()),
                Attribute("CombinedDecision", Flag()),
            ],
            categories);
        return Bytes(start + request + Odd("", "\n", "\0", "x", "<x/>", "<!-- -->"));

        string Flag() => Odd("false", "true", "1", "0", " true", "TRUE");
        List<string> Values()
        {
            var type = Pick(Types);
            return Some(2, () => Element("AttributeValue", [Attribute("DataType", DataType(ref type))], [Text(Pick(type.Values))]));
        }
    }

    public byte[] Json()
    {
        var categories = Some(3, () => Members([("CategoryId", Quoted(Odd(Category(), "Resource", "AccessSubject"))), ("Attribute", List(Some(3, Attributes)))]));
        List<(string, string)> request = [("Category", List(categories))];
        if (random.Next(2) == 0) request.Add(("ReturnPolicyIdList", Odd("true", "false", "null", "1", "\"true\"", "truex")));
        if (random.Next(2) == 0) request.Add(("CombinedDecision", Odd("false", "true", "null")));
        if (IsOdd()) request.Add((Pick(["AccessSubject", "Resource"]), "{\"Attribute\":[{\"AttributeId\":\"a\",\"Value\":\"x\"}]}"));
        if (IsOdd()) request.Add(("MultiRequests", "{\"RequestReference\":[{\"ReferenceId\":[\"x\"]}]}"));
        return Bytes(Odd("", "\uFEFF", " ", "//") + Members([("Request", Members(request))]) + Odd("", "\n", "\0", "x", "{}", ","));

        string Attributes()
        {
            var type = Pick(Types);
            var name = DataType(ref type);
            List<(string, string)> members = [("AttributeId", Quoted(Id())), ("Value", Values(type.Values))];
            if (random.Next(4) > 0) members.Insert(1, ("DataType", Quoted(Odd(name, type.Name))));
            if (random.Next(4) == 0) members.Add(("IncludeInResult", Odd("false", "true", "null", "0")));
            return Members(members);
        }

        string Values(string[] values) =>
            IsOdd() ? Pick(OddJson) : random.Next(2) == 0 ? Quoted(Pick(values)) : List(Some(2, () => Quoted(Pick(values))));
    }

    private static PolicyDecisionPoint Decider(RequestLimits limits)
    {
        var asked = from category in Categories[..2] from id in Ids from type in Types select Designator(category, id, type.Name);
        var assignments = asked.Append(Designator(Categories[0], "a", "string", " Issuer='me'")).Append(Designator("urn:odd", "a", "string"))
            .Select((one, i) => $"<AttributeAssignmentExpression AttributeId='{i}'>{one}</AttributeAssignmentExpression>");
        return Trial.Load(
            Encoding.UTF8.GetBytes($"""
                <Policy xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicyId="p" Version="1.0"
                    RuleCombiningAlgId="urn:oasis:names:tc:xacml:3.0:rule-combining-algorithm:permit-unless-deny"><Target/>
                  <ObligationExpressions><ObligationExpression ObligationId="o" FulfillOn="Permit">{string.Concat(assignments)}</ObligationExpression></ObligationExpressions>
                </Policy>
                """),
            limits)!;
    }

    private static string Designator(string category, string id, string type, string issuer = "") =>
        $"<AttributeDesignator Category='{category}' AttributeId='{id}'{issuer} DataType='{Type + type}' MustBePresent='false'/>";

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private string Element(string name, List<string> attributes, List<string> children)
    {
        if (IsOdd()) attributes.Add(Pick([" Issuer=\"me\"", " xml:space=\"preserve\"", " xml:id=\"x\"", " xmlns:x=\"urn:x\"", " x:y=\"\"", " XPathCategory=\"urn:x\"", " "]));
        var content = Parts(children).Select(child => child + Odd("", OddXml));
        var tag = Odd(name, "x:" + name, name + "s", name.ToLowerInvariant());
        if (IsOdd()) return $"<{tag}{string.Concat(attributes)}/>";
        return $"<{tag}{string.Concat(Parts(attributes))}{Odd(">", " >", "/>")}{Odd("", OddXml)}{string.Concat(content)}</{tag}{Odd(">", " >", "")}";
    }

    private string Attribute(string name, string value) =>
        $"{Odd(" ", "", "  ", "\n")}{Odd(name, "xml:" + name, name.ToLowerInvariant())}{Odd("=", " =", "")}{(IsOdd() ? $"'{value}'" : $"\"{Text(value)}\"")}";

    private string Members(List<(string Name, string Value)> members)
    {
        if (IsOdd()) members.Add(Pick([("Issuer", "\"me\""), ("Id", "\"x\""), ("Content", "\"<x/>\""), ("Unknown", "1"), ("", "1"), ("XPathVersion", "\"x\"")]));
        var written = Shuffled(Parts(members)).Select(one => Quoted(one.Name) + Odd(":", " : ", "::", "") + one.Value);
        return $"{{{string.Join(Odd(",", ",,", ""), written)}{Odd("}", "\n}", ",}", "", "]")}";
    }

    private string List(List<string> items) =>
        IsOdd() ? Pick(OddJson) : items.Count == 1 && IsOdd() ? items[0] : $"[{string.Join(Odd(",", ", ", "", ",,"), Parts(items))}{Odd("]", " ]", ",]", "", "}")}";

    private string Quoted(string text) => IsOdd() ? Pick(OddJson) : $"\"{Text(text)}\"";

    private string Text(string text) => random.Next(_texts) == 0 ? text.Insert(random.Next(text.Length + 1), Pick(OddCharacters)) : text;

    private string Category() => Odd(Pick(Categories), "", "urn:odd", "a");

    private string Id() => Odd(Pick(Ids), "unknown", Scope);

    private string DataType(ref (string Name, string[] Values) type)
    {
        if (IsOdd()) type = Pick(Types);
        return Odd(Type + type.Name, type.Name, XPath, "urn:unknown", "", Integer);
    }

    /// <summary>The parts, of which one now and then is missing, or is there twice.</summary>
    private List<T> Parts<T>(List<T> parts)
    {
        if (parts.Count == 0 || !IsOdd()) return parts;
        var at = random.Next(parts.Count);
        List<T> changed = [.. parts];
        if (random.Next(2) == 0) changed.RemoveAt(at);
        else changed.Insert(at, parts[random.Next(parts.Count)]);
        return changed;
    }

    private List<T> Shuffled<T>(List<T> items)
    {
        if (random.Next(3) > 0) return items;
        var shuffled = items.ToArray();
        random.Shuffle(shuffled);
        return [.. shuffled];
    }

    private List<T> Some<T>(int most, Func<T> make) => [.. Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => make())];

    private string Odd(string usual, params string[] others) => IsOdd() ? Pick(others) : usual;

    private bool IsOdd() => random.Next(_places) == 0;

    private T Pick<T>(T[] items) => items[random.Next(items.Length)];
}
