using System.Text.RegularExpressions;
using System.Xml.Linq;
using static Provisioning.Connectors.Spml.SpmlNames;

namespace Provisioning.Connectors.Spml;

/// <summary>Turns error codes and SOAP faults into failures.</summary>
/// <param name="rules">What the target's own errors mean.</param>
/// <param name="redact">Takes secrets out: targets quote what they refuse.</param>
internal sealed class SpmlFailures(IReadOnlyList<SpmlErrorRule> rules, Func<string, string> redact)
{
    // What a target calls its own error may pass; after this many tries it does not.
    private const int PatientAttempts = 3;
    private const int MaximumMessage = 300;

    private readonly List<(Regex Pattern, FailureKind Kind)> _rules = [.. rules.Select(rule => (Compile(rule.Pattern), rule.Kind))];

    /// <summary>The failure that a response with status "failure" states.</summary>
    public ConnectorException FromResponse(XElement response, OperationContext context)
    {
        var code = (string?)response.Attribute("error");
        var text = string.Join("; ", response.Elements(Core + "errorMessage").Select(message => message.Value.Trim()).Where(line => line.Length > 0));
        var kind = code switch
        {
            "noSuchIdentifier" => FailureKind.Gone,
            "alreadyExists" => FailureKind.Conflict,
            // The target has forgotten an asynchronous request: whether it was done has to be looked up.
            "noSuchRequest" => FailureKind.Ambiguous,
            null or "customError" => Own(text, context),
            _ => FailureKind.Rejected,
        };
        return Failure(kind, code ?? "failure without an error code", text);
    }

    /// <summary>The failure that a SOAP 1.1 fault states.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="context">The facts of the call.</param>
    /// <param name="creates">Whether the request creates an object: a server that broke may have done so when the object was made.</param>
    public ConnectorException FromFault(XElement fault, OperationContext context, bool creates)
    {
        // The code is a qualified name; only its local part says something without the declarations around it.
        var code = ((string?)fault.Element("faultcode") ?? "fault").Split(':')[^1];
        var text = ((string?)fault.Element("faultstring") ?? "").Trim();
        var kind = code switch
        {
            "FailedAuthentication" or "InvalidSecurity" or "InvalidSecurityToken" => FailureKind.Unauthorized,
            _ when Ruled(text) is { } ruled => ruled,
            "VersionMismatch" or "MustUnderstand" => FailureKind.Misconfigured,
            "Client" => FailureKind.Rejected,
            _ when creates => FailureKind.Ambiguous,
            _ => Own(text, context),
        };
        return Failure(kind, $"SOAP fault {code}", text);
    }

    private FailureKind Own(string text, OperationContext context) =>
        Ruled(text) ?? (context.Attempt <= PatientAttempts ? FailureKind.Transient : FailureKind.Rejected);

    private FailureKind? Ruled(string text)
    {
        foreach (var (pattern, kind) in _rules)
        {
            if (pattern.IsMatch(text))
                return kind;
        }

        return null;
    }

    // Patterns meet text that the target wrote: without backtracking, none can be slow.
    private static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            throw new ConnectorException(FailureKind.Misconfigured, $"the pattern '{pattern}' in 'errors' cannot be used: {failure.Message}", failure);
        }
    }

    private ConnectorException Failure(FailureKind kind, string code, string text)
    {
        var message = redact(text.Length == 0 ? code : $"{code}: {text.ReplaceLineEndings(" ")}");
        return new ConnectorException(kind, message.Length <= MaximumMessage ? message : message[..MaximumMessage]) { TargetCode = code };
    }
}
