using System.Text;

namespace Provisioning.Xacml.Fuzz;

/// <summary>Changes a document in a few places, as careless and as hostile people would.</summary>
internal sealed class Mutation(Random random, IReadOnlyList<byte[]> others)
{
    private const int MostChanges = 4;
    private const int LongestPiece = 400;

    /// <summary>Values that programs stumble over, and names that mean something.</summary>
    private static readonly string[] Words =
    [
        "", "0", "-0", "1", "-1", "NaN", "INF", "-INF", "1e308", "1e-400", "99999999999999999999999999999999", "true", "TRUE", "null", "[", "{",
        "2020-02-29", "2021-02-29", "9999-12-31T23:59:59.9999999+14:00", "0001-01-01T00:00:00-14:00", "24:00:00", "-P1Y", "P999999999999Y", "PT1E9S",
        "(a+)+$", "(a|a)*b", "a{1,99999}", "[a-z-[aeiou]]", @"\p{IsBasicLatin}", "//*", "//*[count(//*)>0]", "//p:x", "1+1", "..", "/", "\u0130", "ß", "\uD83D\uDE00",
        "::1", "0.0.0.0/0:1-65535", "@", "a@b", ".", "cn=", "=", "*.com:80-", "&lt;", "&#0;", "&x;", "<![CDATA[", "<!--", "<?x?>", "<!DOCTYPE a [<!ENTITY x 'y'>]>",
        "http://www.w3.org/2001/XMLSchema#string", "http://www.w3.org/2001/XMLSchema#integer", "http://www.w3.org/2001/XMLSchema#double",
        "urn:oasis:names:tc:xacml:3.0:data-type:xpathExpression", "urn:oasis:names:tc:xacml:3.0:multiple:content-selector",
        "urn:oasis:names:tc:xacml:2.0:resource:scope", "Descendants", "urn:oasis:names:tc:xacml:1.0:function:string-regexp-match",
        "urn:oasis:names:tc:xacml:1.0:function:map", "urn:oasis:names:tc:xacml:3.0:function:any-of", "urn:oasis:names:tc:xacml:3.0:function:xpath-node-match",
        "AttributeSelector", "VariableReference", "PolicySetIdReference", "Content", "MultiRequests",
    ];

    public byte[] Of(byte[] document)
    {
        var result = new List<byte>(document);
        for (var changes = random.Next(1, MostChanges + 1); changes > 0 && result.Count > 0; changes--) Change(result);
        return [.. result];
    }

    private void Change(List<byte> document)
    {
        switch (random.Next(9))
        {
            case 0: document[random.Next(document.Count)] = (byte)random.Next(256); break;
            case 1: Remove(document); break;
            case 2: Repeat(document, random.Next(1, 4)); break;
            case 3: Repeat(document, random.Next(1, 300)); break;
            case 4: Insert(document, Piece(others[random.Next(others.Count)])); break;
            case 5: Insert(document, Word()); break;
            case 6: ReplaceBetween(document, (byte)'"', (byte)'"'); break;
            case 7: ReplaceBetween(document, (byte)'>', (byte)'<'); break;
            default: Nest(document); break;
        }
    }

    private void Remove(List<byte> document)
    {
        var start = random.Next(document.Count);
        document.RemoveRange(start, random.Next(Math.Min(LongestPiece, document.Count - start)));
    }

    private void Repeat(List<byte> document, int times)
    {
        var piece = Piece([.. document]);
        var at = random.Next(document.Count);
        for (var i = 0; i < times; i++) document.InsertRange(at, piece);
    }

    private void Insert(List<byte> document, byte[] piece) => document.InsertRange(random.Next(document.Count), piece);

    /// <summary>Puts another value between two characters that enclose values.</summary>
    private void ReplaceBetween(List<byte> document, byte open, byte close)
    {
        var start = document.IndexOf(open, random.Next(document.Count));
        var end = start < 0 ? -1 : document.IndexOf(close, start + 1);
        if (end < 0) return;
        document.RemoveRange(start + 1, end - start - 1);
        document.InsertRange(start + 1, Word());
    }

    /// <summary>Puts an element, or anything else between &lt; and &gt;, many times around a place.</summary>
    private void Nest(List<byte> document)
    {
        var start = document.IndexOf((byte)'<', random.Next(document.Count));
        var end = start < 0 ? -1 : document.IndexOf((byte)'>', start);
        if (end < 0) return;
        var tag = document.GetRange(start, end - start + 1);
        for (var times = random.Next(1, 300); times > 0; times--) document.InsertRange(start, tag);
    }

    private byte[] Piece(byte[] document)
    {
        var start = random.Next(document.Length);
        return document[start..(start + random.Next(Math.Min(LongestPiece, document.Length - start)))];
    }

    private byte[] Word() => Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)]);
}
