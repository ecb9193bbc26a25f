using Acornima;
using Acornima.Ast;

namespace Provisioning.Core.Mapping;

/// <summary>A JavaScript expression as it was written.</summary>
/// <param name="PlusSigns">Where <c>+</c> and <c>+=</c> stand.</param>
internal sealed record ParsedExpression(string Source, Expression Root, IReadOnlyList<int> PlusSigns)
{
    /// <exception cref="FormatException">The text is no expression; the message says what is wrong, and where in the text.</exception>
    public static ParsedExpression Parse(string source)
    {
        var plusSigns = new List<int>();
        var options = new ParserOptions
        {
            OnToken = (in Token token) =>
            {
                if (token.Kind == TokenKind.Punctuator && source[token.Start] == '+' && token.End - token.Start <= 2 && !source.AsSpan(token.Start, token.End - token.Start).SequenceEqual("++"))
                    plusSigns.Add(token.Start);
            },
        };
        try
        {
            return new ParsedExpression(source, new Parser(options).ParseExpression(source, strict: true), plusSigns);
        }
        catch (ParseErrorException exception)
        {
            throw new FormatException($"{Lower(exception.Description ?? exception.Message)} at {Place(source, exception.LineNumber, exception.Column)}");
        }
    }

    /// <summary>A position in the source, for people.</summary>
    public string Place(int position)
    {
        var before = Source.AsSpan(0, position);
        return Place(Source, before.Count('\n') + 1, position - 1 - before.LastIndexOf('\n'));
    }

    private static string Place(string source, int line, int column) =>
        source.Contains('\n', StringComparison.Ordinal) ? $"line {line}, column {column + 1}" : $"column {column + 1}";

    private static string Lower(string message) => message.Length == 0 ? message : char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.');
}
