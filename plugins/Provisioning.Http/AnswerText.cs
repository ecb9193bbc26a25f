using System.Text;

namespace Provisioning.Http;

/// <summary>The content of an answer as text.</summary>
/// <param name="Text">The text; what is no UTF-8 in it is replaced, which is good enough for messages.</param>
/// <param name="IsWhole">Whether all of it was UTF-8, so that values in it can be kept.</param>
internal sealed record AnswerText(string Text, bool IsWhole)
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static AnswerText Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return new AnswerText(s_strict.GetString(bytes).TrimStart('\uFEFF'), true);
        }
        catch (DecoderFallbackException)
        {
            return new AnswerText(Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF'), false);
        }
    }

    public bool IsPage(string? mediaType)
    {
        var start = Text.AsSpan().TrimStart();
        return mediaType is "text/html" or "application/xhtml+xml" && start.StartsWith("<")
            || start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }
}
