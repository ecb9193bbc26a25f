using System.Buffers.Binary;
using System.Text.Json;

namespace Provisioning.Plugins.Isolation;

/// <summary>Messages over a pair of pipes: four bytes of length, most significant first, then JSON in UTF-8.</summary>
internal sealed class MessageStream(Stream input, Stream output) : IDisposable
{
    /// <summary>Longer messages are a fault of the other end.</summary>
    public const int MostBytes = 64 * 1024 * 1024;

    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>The next message, or null when the other end is gone.</summary>
    public async Task<ChildMessage?> ReadAsync()
    {
        var head = new byte[4];
        if (await input.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false) < head.Length)
            return null;
        var length = BinaryPrimitives.ReadInt32BigEndian(head);
        if (length is < 2 or > MostBytes)
            throw new InvalidDataException($"a message of {length} bytes is none of ours");
        var body = new byte[length];
        if (await input.ReadAtLeastAsync(body, length, throwOnEndOfStream: false) < length)
            return null;
        return JsonSerializer.Deserialize(body, ChildJson.Default.ChildMessage);
    }

    public async Task WriteAsync(ChildMessage message)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(message, ChildJson.Default.ChildMessage);
        if (body.Length > MostBytes)
            throw new InvalidDataException($"a message of {body.Length} bytes is too long; the limit is {MostBytes}");
        var head = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(head, body.Length);
        await _writing.WaitAsync();
        try
        {
            await output.WriteAsync(head);
            await output.WriteAsync(body);
            await output.FlushAsync();
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose() => _writing.Dispose();
}
