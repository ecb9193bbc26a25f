using System.Text;
using static Provisioning.Xacml.Tests.Policies;

namespace Provisioning.Xacml.Tests;

public class When_documents_declare_their_encoding
{
    private const string Name = "Müller";

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding("windows-1252")!;

    public static TheoryData<string, byte[]> Readable => new()
    {
        { "UTF-8 by default", Encoding.UTF8.GetBytes(Of(null)) },
        { "UTF-8 with a mark", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Of("utf-8"))] },
        { "ISO-8859-1", Encoding.Latin1.GetBytes(Of("ISO-8859-1")) },
        { "ISO-8859-1 in single quotes", Encoding.Latin1.GetBytes(Of("ISO-8859-1").Replace('"', '\'')) },
        { "windows-1252", Windows1252.GetBytes(Of("windows-1252")) },
        { "US-ASCII with a reference", Encoding.ASCII.GetBytes(Of("US-ASCII").Replace("ü", "&#xFC;", StringComparison.Ordinal)) },
        { "UTF-16 with a mark", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Of("UTF-16"))] },
        { "UTF-16 with a mark, undeclared", [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Of(null))] },
        { "UTF-16 without a mark", Encoding.Unicode.GetBytes(Of("UTF-16")) },
        { "UTF-16BE without a mark", Encoding.BigEndianUnicode.GetBytes(Of("UTF-16BE")) },
        { "big endian UTF-16 without a mark", Encoding.BigEndianUnicode.GetBytes(Of("utf-16")) },
        { "UTF-32", [.. Encoding.UTF32.Preamble, .. Encoding.UTF32.GetBytes(Of("UTF-32"))] },
    };

    public static TheoryData<string, byte[], int, string> Wrong => new()
    {
        { "bytes that are no UTF-8", Encoding.Latin1.GetBytes(Of(null)), 4, "the bytes FC are no text in the encoding 'utf-8'" },
        { "US-ASCII", Encoding.Latin1.GetBytes(Of("US-ASCII")), 4, "the bytes FC are no text in the encoding 'us-ascii'" },
        { "half a character", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Of(null)[..^1]), 0], 7, "no text in the encoding 'utf-16'" },
        { "an unknown name", Encoding.UTF8.GetBytes(Of("klingon")), 1, "the declared encoding 'klingon' is unknown" },
        { "a name that is nearly one", Encoding.UTF8.GetBytes(Of("utf8")), 1, "did you mean 'UTF-8'?" },
        { "UTF-7", Encoding.UTF8.GetBytes(Of("utf-7")), 1, "the declared encoding 'utf-7' is unknown" },
        { "UTF-8 as UTF-16", Encoding.UTF8.GetBytes(Of("UTF-16")), 1, "declares the encoding 'UTF-16' and is not written in it" },
        { "UTF-16 as UTF-8", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Of("UTF-8"))], 1, "declares the encoding 'UTF-8' and is not written in it" },
        { "the other byte order", Encoding.BigEndianUnicode.GetBytes(Of("UTF-16LE")), 1, "is not written in it" },
        { "a mark of UTF-8 before ISO-8859-1", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Of("ISO-8859-1"))], 1, "is not written in it" },
        { "EBCDIC under an ASCII declaration", Encoding.ASCII.GetBytes(Of("IBM037").Replace("ü", "u", StringComparison.Ordinal)), 1, "is not written in it" },
    };

    [Theory]
    [MemberData(nameof(Readable))]
    public void Should_read_policies_in_it(string what, byte[] document)
    {
        var pdp = PolicyDecisionPoint.Load([new PolicySource(what, document)]);
        Assert.Equal(Decision.Deny, pdp.Evaluate(Request(("name", Name))).Decision);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Should_refuse_policies_that_are_not_written_in_it(string what, byte[] document, int line, string why)
    {
        var problem = Assert.Single(Assert.Throws<PolicyException>(() => PolicyDecisionPoint.Load([new PolicySource(what, document)])).Problems);
        Assert.Equal((what, line), (problem.File, problem.Line));
        Assert.Contains(why, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_take_text_as_it_is() =>
        Assert.Equal(Decision.Deny, Load(Of("ISO-8859-1").TrimStart()).Evaluate(Request(("name", Name))).Decision);

    [Fact]
    public void Should_read_policies_in_it_from_files()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, "a.xml"), Encoding.Latin1.GetBytes(Of("ISO-8859-1")));
            Assert.Equal(Decision.Deny, PolicyDecisionPoint.LoadFolder(folder.FullName).Evaluate(Request(("name", Name))).Decision);
            File.WriteAllBytes(Path.Combine(folder.FullName, "a.xml"), Encoding.Latin1.GetBytes(Of(null)));
            Assert.Throws<PolicyException>(() => PolicyDecisionPoint.LoadFolder(folder.FullName));
        }
        finally
        {
            folder.Delete(true);
        }
    }

    [Theory]
    [InlineData("ISO-8859-1")]
    [InlineData("windows-1252")]
    public void Should_read_requests_in_it(string encoding)
    {
        var request = $"<?xml version='1.0' encoding='{encoding}'?>" + Formats.Requests.Xml(Formats.Requests.Category(Subject, Formats.Requests.Attribute("name", Name)));
        var pdp = Load(Of(null).TrimStart());
        using var document = new MemoryStream(Windows1252.GetBytes(request));
        Assert.Equal(Decision.Deny, pdp.Evaluate(XacmlXml.ReadRequest(document, pdp)).Results[0].Decision);
        using var wrong = new MemoryStream(Windows1252.GetBytes(request.Replace(encoding, "US-ASCII", StringComparison.Ordinal)));
        Assert.Contains("no text in the encoding 'us-ascii'", Assert.Throws<XacmlSyntaxException>(() => XacmlXml.ReadRequest(wrong, pdp)).Message, StringComparison.Ordinal);
    }

    private static string Of(string? encoding) =>
        (encoding is null ? "" : $"<?xml version=\"1.0\" encoding=\"{encoding}\"?>")
        + Policy("\n" + Rule("Deny", Apply("string-is-in", Text(Name) + Attribute("name"))) + "\n<!-- -->\n");
}
