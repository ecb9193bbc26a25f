namespace Provisioning.Connectors.Ldap;

/// <summary>Watches a listing for what makes it incomplete or endless. What a listing does not show counts as gone, so a doubtful one fails.</summary>
internal sealed class ListingGuard
{
    private const int MostEmptyPages = 1000;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private int _empty;

    /// <summary>Notes an account.</summary>
    public void See(string id)
    {
        // Entries that move meanwhile come twice; another one may have been skipped as well.
        if (!_seen.Add(id))
            throw new ConnectorException(FailureKind.Transient, "the listing repeats entries, so it may miss others");
    }

    /// <summary>Notes the end of a page.</summary>
    public void Turn(int found)
    {
        _empty = found == 0 ? _empty + 1 : 0;
        if (_empty > MostEmptyPages)
            throw new ConnectorException(FailureKind.Transient, $"the listing does not end: there are {_empty} empty pages in a row");
    }
}
