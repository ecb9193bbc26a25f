using System.Globalization;
using System.Text;

namespace Provisioning.Xacml;

/// <summary>Writes patterns as .NET spells them.</summary>
/// <param name="isWide">Whether the text may hold characters beyond the basic plane, which are two units there: then a class is written as a choice of
/// single units and pairs.</param>
/// <param name="most">How long the result may be.</param>
internal sealed class PatternWriter(bool isWide, int most)
{
    private readonly StringBuilder _net = new();

    /// <summary>The pattern; null if it becomes too long.</summary>
    public static string? Write(PatternNode pattern, bool isWide, int most)
    {
        var writer = new PatternWriter(isWide, most);
        writer.Write(pattern);
        return writer._net.Length > most ? null : writer._net.ToString();
    }

    private void Write(PatternNode node)
    {
        if (_net.Length > most) return;
        switch (node)
        {
            case OneOf one:
                if (isWide) PairWriter.Write(_net, one.Class.Set);
                else _net.Append(one.Class.Net);
                break;
            // In .NET $ also matches before a last line feed, which would let "admin\n" pass for "admin".
            case Anchor anchor: _net.Append(anchor.IsStart ? @"\A" : @"\z"); break;
            // In XPath, a reference to a group that has not matched matches the empty text. In .NET such a reference fails, so .NET tries
            // it only once the group has matched.
            case BackReference { Group.Number: var number }: _net.Append(CultureInfo.InvariantCulture, $@"(?({number})\{number})"); break;
            case Captured group: Enclosed("(", group.Item); break;
            case InOrder sequence:
                foreach (var item in sequence.Items)
                {
                    if (item is EitherOf) Enclosed("(?:", item);
                    else Write(item);
                }

                break;
            case EitherOf choice:
                for (var i = 0; i < choice.Items.Count; i++)
                {
                    if (i > 0) _net.Append('|');
                    Write(choice.Items[i]);
                }

                break;
            case Repeated repeated: Write(repeated); break;
        }
    }

    private void Write(Repeated repeated)
    {
        if (repeated.Item is OneOf or Captured) Write(repeated.Item);
        else Enclosed("(?:", repeated.Item);
        _net.Append((repeated.Least, repeated.Most) switch
        {
            (0, null) => "*",
            (1, null) => "+",
            (0, 1) => "?",
            (var least, null) => string.Create(CultureInfo.InvariantCulture, $"{{{least},}}"),
            var (least, upper) => string.Create(CultureInfo.InvariantCulture, $"{{{least},{upper}}}"),
        });
        if (repeated.IsReluctant) _net.Append('?');
    }

    private void Enclosed(string open, PatternNode inner)
    {
        _net.Append(open);
        Write(inner);
        _net.Append(')');
    }
}
