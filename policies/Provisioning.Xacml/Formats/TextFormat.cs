using System.Buffers;
using System.Text;

namespace Provisioning.Xacml;

/// <summary>What the forms of requests and responses have in common, once somebody can read the one and write the other.</summary>
/// <param name="read">Reads a request, in the short way if it can.</param>
/// <param name="write">Writes a response.</param>
internal sealed class TextFormat(
    Func<ReadOnlyMemory<byte>, PolicyDecisionPoint?, XacmlRequestContext> read, Action<XacmlResponse, IBufferWriter<byte>> write)
{
    public static RequestLimits LimitsOf(PolicyDecisionPoint? reader) => reader?.Limits ?? RequestLimits.Default;

    public static RequestAssembler AssemblerFor(PolicyDecisionPoint? reader) => new(reader?.Vocabulary ?? RequestVocabulary.Everything, LimitsOf(reader));

    public bool Answer(PolicyDecisionPoint pdp, ReadOnlyMemory<byte> request, IBufferWriter<byte> response)
    {
        ArgumentNullException.ThrowIfNull(pdp);
        ArgumentNullException.ThrowIfNull(response);
        try
        {
            write(pdp.Evaluate(read(request, pdp)), response);
            return true;
        }
        catch (XacmlSyntaxException error)
        {
            write(XacmlResponse.To(error), response);
            return false;
        }
    }

    public XacmlRequestContext Read(Stream utf8, PolicyDecisionPoint? reader)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        return read(MemoryText.ReadAll(utf8, LimitsOf(reader).Length), reader);
    }

    public void Write(XacmlResponse response, IBufferWriter<byte> utf8)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(utf8);
        write(response, utf8);
    }

    public void Write(XacmlResponse response, Stream utf8)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        utf8.Write(Bytes(response));
    }

    public string Write(XacmlResponse response) => Encoding.UTF8.GetString(Bytes(response));

    private ReadOnlySpan<byte> Bytes(XacmlResponse response)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Write(response, buffer);
        return buffer.WrittenSpan;
    }
}
