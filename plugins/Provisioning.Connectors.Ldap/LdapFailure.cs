using System.DirectoryServices.Protocols;

namespace Provisioning.Connectors.Ldap;

/// <summary>Turns result codes into failures (RFC 4511 section 4.1.9, and what directories mean by them).</summary>
internal static class LdapFailure
{
    private const int MaximumMessage = 300;

    // Codes that the client library makes up, beyond those of the protocol.
    private const int ServerDown = 81;
    private const int LocalError = 82;
    private const int Timeout = 85;
    private const int ConnectError = 91;

    /// <summary>Whether the connection is of no use any more.</summary>
    public static bool IsBroken(LdapException failure) => failure.ErrorCode is ServerDown or LocalError or Timeout or ConnectError or < 0;

    /// <summary>A refusal by the directory.</summary>
    public static ConnectorException From(DirectoryRequest request, DirectoryResponse response)
    {
        var code = response.ResultCode;
        var said = response.ErrorMessage ?? "";
        var kind = Kind(request, code, said);
        var message = code switch
        {
            ResultCode.NoSuchObject when request is AddRequest add => $"the parent of '{add.DistinguishedName}' does not exist",
            ResultCode.Referral => $"the directory refers to another server, '{response.Referral.FirstOrDefault()}'; make that one the 'host'",
            ResultCode.SizeLimitExceeded => "more entries match than the directory gives out",
            ResultCode.ConfidentialityRequired or ResultCode.StrongAuthRequired => "the directory wants an encrypted connection; see 'security'",
            _ => Words(code),
        };
        return Make(kind, said.Length == 0 ? message : $"{message}: {said.TrimEnd('\0', '\n')}", (int)code, null);
    }

    /// <summary>A failure of opening: connecting, TLS, signing on. Whatever it is, it is so for every account.</summary>
    /// <param name="failure">What the library says; a refusal of StartTLS is an exception of its own.</param>
    /// <param name="security">How the connection is to be protected.</param>
    /// <param name="listens">Whether something accepts connections where the directory should be.</param>
    public static ConnectorException Opening(Exception failure, LdapSecurity security, Func<bool> listens)
    {
        var (code, said) = failure switch
        {
            LdapException ldap => (ldap.ErrorCode, ldap.ServerErrorMessage ?? ""),
            TlsOperationException { Response: { } response } => ((int)response.ResultCode, response.ErrorMessage ?? ""),
            DirectoryOperationException { Response: { } response } => ((int)response.ResultCode, response.ErrorMessage ?? ""),
            _ => (ConnectError, ""),
        };
        if (failure is TlsOperationException && code is not (ServerDown or Timeout))
            return Make(FailureKind.Misconfigured, $"the directory does not start TLS, or its certificate is not trusted (see 'security' and 'caDirectory'): {Words((ResultCode)code)}", code, failure);
        return code switch
        {
            49 => Make(FailureKind.Unauthorized, $"the directory refused 'bindDn' or its password{BindReason(said)}", code, failure),
            53 or 50 or 48 => Make(FailureKind.Unauthorized, $"the directory refused to sign 'bindDn' on: {said}", code, failure),
            13 or 8 => Make(FailureKind.Misconfigured, $"the directory wants an encrypted connection; see 'security': {said}", code, failure),
            32 or 34 => Make(FailureKind.Unauthorized, "'bindDn' is not an entry of the directory", code, failure),
            Timeout => Make(FailureKind.Transient, "the directory did not answer in time", code, failure),
            // The library has one code for a server that is down and for a certificate that it does not trust.
            _ when security != LdapSecurity.None && listens() => Make(
                FailureKind.Misconfigured, "the directory answers, but TLS fails: its certificate is not trusted (see 'caDirectory'), or 'security' or 'port' is wrong", code, failure),
            _ => Make(FailureKind.Transient, "the directory cannot be reached", code, failure),
        };
    }

    /// <summary>A failure of a request on a connection that was open.</summary>
    /// <param name="failure">What the library says.</param>
    /// <param name="creates">Whether the request creates an entry; every other one can be repeated.</param>
    public static ConnectorException From(LdapException failure, bool creates) => failure.ErrorCode switch
    {
        _ when creates => Make(FailureKind.Ambiguous, "the connection to the directory was lost before its answer came", failure.ErrorCode, failure),
        Timeout => Make(FailureKind.Transient, "the directory did not answer in time", Timeout, failure),
        _ => Make(FailureKind.Transient, "the connection to the directory was lost", failure.ErrorCode, failure),
    };

    /// <summary>The code of the directory that led to a failure, or null.</summary>
    public static ResultCode? Code(ConnectorException failure) =>
        int.TryParse(failure.TargetCode, out var code) ? (ResultCode)code : null;

    private static FailureKind Kind(DirectoryRequest request, ResultCode code, string said) => code switch
    {
        ResultCode.EntryAlreadyExists => FailureKind.Conflict,
        ResultCode.ConstraintViolation when IsUniqueness(said) => FailureKind.Conflict,
        ResultCode.NoSuchObject => request is AddRequest or ModifyDNRequest ? FailureKind.Rejected : FailureKind.Gone,
        // Active Directory says so to a connection that lost its sign-on.
        ResultCode.OperationsError when said.Contains("bind must be completed", StringComparison.OrdinalIgnoreCase) => FailureKind.Unauthorized,
        // The directory knows who asks and refuses this entry; others are not concerned. Who may not even search may do nothing.
        ResultCode.InsufficientAccessRights => request is SearchRequest ? FailureKind.Unauthorized : FailureKind.Rejected,
        ResultCode.StrongAuthRequired or ResultCode.ConfidentialityRequired => FailureKind.Misconfigured,
        ResultCode.InappropriateAuthentication or ResultCode.AuthMethodNotSupported or (ResultCode)49 => FailureKind.Unauthorized,
        ResultCode.OperationsError or ResultCode.TimeLimitExceeded or ResultCode.AdminLimitExceeded or ResultCode.Busy
            or ResultCode.Unavailable or ResultCode.Other => FailureKind.Transient,
        _ => FailureKind.Rejected,
    };

    // Overlays and plug-ins for uniqueness answer 19, not 68: OpenLDAP, 389 Directory Server, Active Directory (a user principal name).
    private static bool IsUniqueness(string said) =>
        said.Contains("not unique", StringComparison.OrdinalIgnoreCase)
        || said.Contains("non-unique", StringComparison.OrdinalIgnoreCase)
        || said.Contains("same attribute value already exists", StringComparison.OrdinalIgnoreCase)
        || said.Contains("000021C8", StringComparison.OrdinalIgnoreCase);

    // Active Directory hides the reason in a hexadecimal code of Windows.
    private static string BindReason(string said) => said switch
    {
        _ when said.Contains("data 533", StringComparison.OrdinalIgnoreCase) => ": the account is disabled",
        _ when said.Contains("data 701", StringComparison.OrdinalIgnoreCase) => ": the account has expired",
        _ when said.Contains("data 532", StringComparison.OrdinalIgnoreCase) => ": the password has expired",
        _ when said.Contains("data 773", StringComparison.OrdinalIgnoreCase) => ": the password must be changed first",
        _ when said.Contains("data 775", StringComparison.OrdinalIgnoreCase) => ": the account is locked",
        { Length: > 0 } => $": {said}",
        _ => "",
    };

    private static string Words(ResultCode code) => code switch
    {
        ResultCode.EntryAlreadyExists => "an entry with this name exists already",
        ResultCode.NoSuchObject => "the entry does not exist",
        ResultCode.ConstraintViolation => "the directory refused a value",
        ResultCode.InsufficientAccessRights => "'bindDn' may not do this",
        ResultCode.ObjectClassViolation => "the entry would not fit its object classes",
        ResultCode.NoSuchAttribute => "the entry has no such attribute",
        ResultCode.UndefinedAttributeType => "the directory does not know an attribute",
        ResultCode.InvalidAttributeSyntax => "a value does not have the form that the directory wants",
        ResultCode.UnwillingToPerform => "the directory is unwilling",
        ResultCode.NotAllowedOnNonLeaf => "the entry has others below it",
        _ => $"the directory answered '{code}'",
    };

    private static ConnectorException Make(FailureKind kind, string message, int code, Exception? inner) =>
        new(kind, message.Length <= MaximumMessage ? message : message[..MaximumMessage], inner) { TargetCode = $"{code}" };
}
