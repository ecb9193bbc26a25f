namespace Provisioning.Connectors.Ldap.Tests;

/// <summary>A directory that has nothing, and answers every extended operation, StartTLS among them, with "protocol error".</summary>
internal sealed class PlainDirectory : BareDirectory
{
    private const byte SearchDone = 0x65;
    private const byte ExtendedResponse = 0x78;
    private const byte ProtocolError = 2;

    protected override Task AnswerAsync(Stream stream, int id, int operation)
    {
        var (answer, result) = operation == Search ? (SearchDone, (byte)0) : (ExtendedResponse, ProtocolError);
        return stream.WriteAsync(new byte[] { 0x30, 0x0C, 0x02, 0x01, (byte)id, answer, 0x07, 0x0A, 0x01, result, 0x04, 0x00, 0x04, 0x00 }).AsTask();
    }
}
