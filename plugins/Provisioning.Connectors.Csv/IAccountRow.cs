namespace Provisioning.Connectors.Csv;

/// <summary>One account of a file. An empty text stands for none.</summary>
internal interface IAccountRow
{
    /// <summary>The file's own id.</summary>
    string Id { get; }

    /// <summary>The ownership marker.</summary>
    string Marker { get; }

    /// <summary>The unique name.</summary>
    string Name { get; }

    /// <summary>Whether it is enabled; null when the file does not say.</summary>
    bool? Enabled { get; }

    Account ToAccount();
}
