using System.Buffers;
using System.Text.Json;
using System.Xml;

namespace Provisioning.Xacml.Fuzz;

/// <summary>What must hold for any input: nothing is thrown but what is documented, every answer is a document, and memory stays in proportion.</summary>
internal static class Trial
{
    private const long FreeBytes = 64_000_000;
    private const long BytesPerByte = 2_000;

    /// <summary>Loads a policy that may be wrong; null if it is refused.</summary>
    public static PolicyDecisionPoint? Load(byte[] policy)
    {
        var source = new PolicySource("policy.xml", System.Text.Encoding.UTF8.GetString(policy));
        try
        {
            return InProportion(policy.Length, () => PolicyDecisionPoint.Load([source]));
        }
        catch (PolicyException)
        {
            return null;
        }
    }

    public static void AskXml(PolicyDecisionPoint pdp, byte[] request)
    {
        var response = new ArrayBufferWriter<byte>();
        InProportion(request.Length, () => XacmlXml.Answer(pdp, request, response));
        using var reader = XmlReader.Create(new MemoryStream(response.WrittenSpan.ToArray()));
        while (reader.Read())
        {
        }
    }

    public static void AskJson(PolicyDecisionPoint pdp, byte[] request)
    {
        var response = new ArrayBufferWriter<byte>();
        InProportion(request.Length, () => XacmlJson.Answer(pdp, request, response));
        using var document = JsonDocument.Parse(response.WrittenMemory);
    }

    private static T InProportion<T>(int length, Func<T> action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = action();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return allocated <= FreeBytes + (BytesPerByte * length)
            ? result : throw new InvalidOperationException($"{allocated} bytes were allocated for an input of {length}");
    }
}
