using System.DirectoryServices.Protocols;

namespace Provisioning.Connectors.Ldap;

/// <summary>One signed-on connection, used by one call at a time. The library blocks, so it runs on threads of the pool.</summary>
internal sealed class LdapSession(LdapConnection connection, TimeSpan timeout, DateTimeOffset opened) : IDisposable
{
    /// <summary>When it last answered.</summary>
    public DateTimeOffset LastUsed { get; set; } = opened;

    /// <summary>Set when the line is gone or an answer may still be under way on it.</summary>
    public bool Broken { get; private set; }

    /// <summary>Whether an entry was added since this was last set.</summary>
    public bool HasAdded { get; set; }

    /// <summary>Says that what comes on the connection cannot be understood.</summary>
    public void Distrust() => Broken = true;

    public SearchResultEntryCollection Search(SearchRequest request, CancellationToken cancellationToken) =>
        ((SearchResponse)Send(request, cancellationToken)).Entries;

    /// <summary>Sends a request and waits for the answer; every failure is a <see cref="ConnectorException"/>.</summary>
    public DirectoryResponse Send(DirectoryRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var response = connection.SendRequest(request, timeout);
            // The library takes a referral for a success: nothing was done, and nothing was found, where it was asked.
            if (response.ResultCode is ResultCode.Referral or ResultCode.ReferralV2)
                throw LdapFailure.From(request, response);
            HasAdded |= request is AddRequest;
            return response;
        }
        catch (DirectoryOperationException e)
        {
            throw LdapFailure.From(request, e.Response);
        }
        catch (LdapException e)
        {
            Broken |= LdapFailure.IsBroken(e);
            throw LdapFailure.From(e, creates: request is AddRequest);
        }
    }

    public void Dispose() => connection.Dispose();
}
