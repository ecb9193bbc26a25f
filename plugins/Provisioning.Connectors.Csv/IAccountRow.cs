using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Csv;

/// <summary>One account of a file, never changed once it is in the table. An empty text stands for none.</summary>
internal interface IAccountRow<TSelf>
    where TSelf : class, IAccountRow<TSelf>
{
    /// <summary>A row without any field.</summary>
    static abstract TSelf Empty { get; }

    /// <summary>The file's own id.</summary>
    string Id { get; }

    /// <summary>The ownership marker.</summary>
    string Marker { get; }

    /// <summary>The unique name.</summary>
    string Name { get; }

    /// <summary>Whether it is enabled; null when the file does not say.</summary>
    bool? Enabled { get; }

    Account ToAccount();

    /// <summary>The fields that differ from an older row, null for those that it had and this one has not.</summary>
    JsonObject Since(TSelf? older);

    /// <summary>The row with such fields applied.</summary>
    TSelf With(JsonObject fields);
}
