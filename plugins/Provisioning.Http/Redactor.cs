namespace Provisioning.Http;

/// <summary>Takes secrets out of what a target says, since targets echo.</summary>
/// <param name="secrets">The secrets at this moment; empty ones are skipped.</param>
public sealed class Redactor(Func<IEnumerable<string?>> secrets)
{
    /// <summary>Knows one secret more.</summary>
    public Redactor With(string? secret) => new(() => secrets().Append(secret));

    /// <summary>The text with stars for each secret.</summary>
    public string Redact(string text)
    {
        foreach (var secret in secrets())
        {
            if (!string.IsNullOrEmpty(secret))
                text = text.Replace(secret, "***", StringComparison.Ordinal);
        }

        return text;
    }
}
