using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Provisioning.Connectors.Salesforce.Tests;

/// <summary>The part of SOQL that provisioning needs: SELECT, FROM, WHERE with =, IN, AND, OR and parentheses, LIMIT.</summary>
internal sealed partial class SoqlQuery
{
    private readonly List<string> _tokens;
    private int _at;

    private SoqlQuery(string text)
    {
        _tokens = [.. Token().Matches(text).Select(match => match.Value)];
        if (Token().Replace(text, "").Trim().Length > 0)
            throw Malformed("unexpected token");
        Expect("SELECT");
        do
            Fields.Add(Take());
        while (Accept(","));
        Expect("FROM");
        From = Take();
        if (Accept("WHERE"))
            Condition = Or();
        if (Accept("LIMIT"))
            Limit = int.Parse(Take(), CultureInfo.InvariantCulture);
        if (_at < _tokens.Count)
            throw Malformed($"unexpected token: '{_tokens[_at]}'");
    }

    public List<string> Fields { get; } = [];

    public string From { get; }

    public int Limit { get; } = int.MaxValue;

    /// <summary>The fields that conditions name.</summary>
    public List<string> Compared { get; } = [];

    /// <summary>Whether a record, seen through its fields, is wanted.</summary>
    public Func<Func<string, string?>, bool> Condition { get; } = static _ => true;

    public static SoqlQuery Parse(string text) => new(text);

    private static SalesforceRefusal Malformed(string what) => new(400, "MALFORMED_QUERY", what);

    private Func<Func<string, string?>, bool> Or()
    {
        var left = And();
        while (Accept("OR"))
        {
            var (one, other) = (left, And());
            left = record => one(record) || other(record);
        }

        return left;
    }

    private Func<Func<string, string?>, bool> And()
    {
        var left = Comparison();
        while (Accept("AND"))
        {
            var (one, other) = (left, Comparison());
            left = record => one(record) && other(record);
        }

        return left;
    }

    private Func<Func<string, string?>, bool> Comparison()
    {
        if (Accept("("))
        {
            var inner = Or();
            Expect(")");
            return inner;
        }

        var field = Take();
        Compared.Add(field);
        List<string?> values = [];
        if (Accept("IN"))
        {
            Expect("(");
            do
                values.Add(Literal());
            while (Accept(","));
            Expect(")");
        }
        else
        {
            Expect("=");
            values.Add(Literal());
        }

        return record => values.Contains(record(field), StringComparer.OrdinalIgnoreCase);
    }

    private string? Literal()
    {
        var token = Take();
        if (token is "true" or "false")
            return token;
        if (token == "null")
            return null;
        if (token[0] != '\'')
            throw Malformed($"unexpected token: '{token}'");
        var text = new StringBuilder();
        for (var i = 1; i < token.Length - 1; i++)
        {
            if (token[i] != '\\')
                text.Append(token[i]);
            else
                text.Append(token[++i] switch { 'n' => '\n', 'r' => '\r', var other => other });
        }

        return text.ToString();
    }

    private string Take() => _at < _tokens.Count ? _tokens[_at++] : throw Malformed("unexpected end of query");

    private bool Accept(string word)
    {
        if (_at >= _tokens.Count || !_tokens[_at].Equals(word, StringComparison.OrdinalIgnoreCase))
            return false;
        _at++;
        return true;
    }

    private void Expect(string word)
    {
        if (!Accept(word))
            throw Malformed($"expecting '{word}'");
    }

    [GeneratedRegex(@"'(?:[^'\\]|\\.)*'|[A-Za-z_][A-Za-z0-9_.]*|[0-9]+|[(),=]")]
    private static partial Regex Token();
}
