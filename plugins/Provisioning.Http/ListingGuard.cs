using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Provisioning.Connectors;

namespace Provisioning.Http;

/// <summary>Watches a listing for what makes it incomplete or endless. What a listing does not show counts as gone, so a doubtful one fails.</summary>
public sealed class ListingGuard
{
    private const int MostObjects = 10_000_000;
    private const int MostEmptyPages = 1000;

    private readonly HashSet<UInt128> _objects = [];
    private readonly HashSet<UInt128> _pages = [];
    private int _empty;

    /// <summary>Notes an object.</summary>
    /// <param name="id">Its id, or null when it has none that can be kept.</param>
    /// <exception cref="ConnectorException">When it has no id, was there before, or there are too many.</exception>
    public string See(string? id)
    {
        if (id is null)
            throw new ConnectorException(FailureKind.Transient, "the listing has an object without an id that can be kept");
        // Objects that come and go shift the pages; a repetition means that another one may have been skipped.
        if (!_objects.Add(Fingerprint(id)))
            throw new ConnectorException(FailureKind.Transient, "the listing repeats objects, so it may miss others");
        return _objects.Count <= MostObjects ? id : throw new ConnectorException(FailureKind.Transient, $"the listing has more than {MostObjects} objects");
    }

    /// <summary>Notes that there is a next page.</summary>
    /// <param name="next">What names it: a cursor, a link.</param>
    /// <param name="found">How many objects the page before had.</param>
    /// <exception cref="ConnectorException">When the target goes in circles, or gives nothing but empty pages.</exception>
    public void Turn(string next, int found)
    {
        if (!_pages.Add(Fingerprint(next)))
            throw new ConnectorException(FailureKind.Transient, "the listing names the same page twice");
        _empty = found == 0 ? _empty + 1 : 0;
        if (_empty > MostEmptyPages || _pages.Count > MostObjects)
            throw new ConnectorException(FailureKind.Transient, $"the listing does not end: there are {_empty} empty pages in a row");
    }

    // A million ids as they are would take a hundred megabytes.
    private static UInt128 Fingerprint(string id) => BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(MemoryMarshal.AsBytes(id.AsSpan())));
}
