using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Xml;

namespace Provisioning.Xacml.Fuzz;

/// <summary>What must hold for any input: nothing is thrown but what is documented, every answer is a document, the short way to read a request leads
/// to the same answer as the long one, and memory stays in proportion.</summary>
internal static class Trial
{
    private const long FreeBytes = 64_000_000;
    private const long BytesPerByte = 2_000;
    private static readonly PdpOptions Options = new() { Time = new StoppedClock() };

    /// <summary>Loads a policy that may be wrong; null if it is refused.</summary>
    public static PolicyDecisionPoint? Load(byte[] policy, RequestLimits? limits = null)
    {
        var source = new PolicySource("policy.xml", policy);
        try
        {
            return InProportion(policy.Length, () => PolicyDecisionPoint.Load([source], limits is null ? Options : Options with { RequestLimits = limits }));
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
        MustEqual(response, Answer(pdp, () => XacmlXml.ReadFully(request, pdp), XacmlXml.WriteResponse));
        using var reader = XmlReader.Create(new MemoryStream(response.WrittenSpan.ToArray()));
        while (reader.Read())
        {
        }
    }

    public static void AskJson(PolicyDecisionPoint pdp, byte[] request)
    {
        var response = new ArrayBufferWriter<byte>();
        InProportion(request.Length, () => XacmlJson.Answer(pdp, request, response));
        MustEqual(response, Answer(pdp, () => XacmlJson.ReadFully(request, pdp), XacmlJson.WriteResponse));
        using var document = JsonDocument.Parse(response.WrittenMemory);
    }

    private static string Answer(PolicyDecisionPoint pdp, Func<XacmlRequestContext> read, Func<XacmlResponse, string> write)
    {
        try
        {
            return write(pdp.Evaluate(read()));
        }
        catch (XacmlSyntaxException error)
        {
            return write(XacmlResponse.To(error));
        }
    }

    private static void MustEqual(ArrayBufferWriter<byte> response, string expected)
    {
        var answered = Encoding.UTF8.GetString(response.WrittenSpan);
        if (answered != expected) throw new InvalidOperationException($"read in the short way, the request is answered {answered}; in the long way, {expected}");
    }

    private static T InProportion<T>(int length, Func<T> action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = action();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return allocated <= FreeBytes + (BytesPerByte * length)
            ? result : throw new InvalidOperationException($"{allocated} bytes were allocated for an input of {length}");
    }

    /// <summary>Two answers to the same question must not differ by when it was asked.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 8, 23, 10, 0, 0, TimeSpan.Zero);
    }
}
