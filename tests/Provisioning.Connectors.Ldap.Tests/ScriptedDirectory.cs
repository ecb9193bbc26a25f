using System.Formats.Asn1;
using System.Text;

namespace Provisioning.Connectors.Ldap.Tests;

/// <summary>A directory that says yes to everything and answers each search with the same entry, as a test writes it.</summary>
internal sealed class ScriptedDirectory : BareDirectory
{
    private const string PagedResults = "1.2.840.113556.1.4.319";

    /// <summary>The attributes of the entry; an attribute may have no value.</summary>
    public IReadOnlyList<(string Name, byte[]? Value)> Entry { get; set; } = [];

    /// <summary>The value of the control for pages; null when the directory sends none.</summary>
    public byte[]? Page { get; set; }

    /// <summary>The operations that were asked for, by the numbers of the protocol.</summary>
    public List<int> Operations { get; } = [];

    protected override async Task AnswerAsync(Stream stream, int id, int operation)
    {
        Operations.Add(operation);
        if (operation == Search)
            await stream.WriteAsync(Message(id, 4, WriteEntry));

        // The answer to each operation has the next number, but for signing on and for the end of a search.
        await stream.WriteAsync(Message(id, operation is Search ? 5 : operation + 1, WriteSuccess, operation == Search ? Page : null));
    }

    private void WriteEntry(AsnWriter writer)
    {
        WriteText(writer, "uid=x,ou=people,dc=example,dc=com");
        using var _ = writer.PushSequence();
        foreach (var (name, value) in Entry)
        {
            using var attribute = writer.PushSequence();
            WriteText(writer, name);
            using var values = writer.PushSetOf();
            if (value is not null)
                writer.WriteOctetString(value);
        }
    }

    private static void WriteSuccess(AsnWriter writer)
    {
        writer.WriteEncodedValue([0x0A, 0x01, 0x00]);
        WriteText(writer, "");
        WriteText(writer, "");
    }

    private static byte[] Message(int id, int operation, Action<AsnWriter> content, byte[]? page = null)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(id);
            using (writer.PushSequence(new Asn1Tag(TagClass.Application, operation, isConstructed: true)))
                content(writer);
            if (page is not null)
            {
                using var controls = writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true));
                using var control = writer.PushSequence();
                WriteText(writer, PagedResults);
                writer.WriteOctetString(page);
            }
        }

        return writer.Encode();
    }

    private static void WriteText(AsnWriter writer, string text) => writer.WriteOctetString(Encoding.UTF8.GetBytes(text));
}
