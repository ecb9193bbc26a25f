namespace Provisioning.Connectors.Csv;

/// <summary>Keeps accounts as rows of a CSV file.</summary>
internal sealed class CsvConnector(CsvSettings settings, ConnectorContext context)
    : FileConnector<CsvRow, CsvTable>(Open(settings, context), context.Time)
{
    protected override CsvRow Make(string id, NewAccount account)
    {
        var row = new CsvRow();
        foreach (var (name, value) in account.Attributes)
        {
            if (IsAttribute(name, value, account.OwnershipMarker))
                row.SetAttribute(name, value);
        }

        row[CsvTable.Id] = id;
        row[CsvTable.Marker] = account.OwnershipMarker;
        row.SetEnabled(account.Enabled);
        return row;
    }

    protected override CsvRow Change(CsvRow row, IReadOnlyList<AttributeChange> changes, string marker)
    {
        var changed = row.Copy();
        foreach (var change in changes)
        {
            if (IsAttribute(change.Attribute, change.Value, marker))
                changed.Replace(change.Attribute, change.SubAttribute, change.Value);
        }

        return changed;
    }

    private static CsvFile Open(CsvSettings settings, ConnectorContext context)
    {
        if (settings.Delimiter is not { Length: 1 } || settings.Delimiter[0] is '"' or '\r' or '\n')
            throw new ConnectorException(FailureKind.Misconfigured, $"the delimiter '{settings.Delimiter}' is not one character other than a quote or a line break");
        if (settings.Columns.Any(string.IsNullOrEmpty))
            throw new ConnectorException(FailureKind.Misconfigured, "'columns' has an entry without a name");
        return new CsvFile(
            FullPath(settings.Path, context),
            new RewritePace(context.Time),
            new CsvFormat(settings.Delimiter[0], settings.EscapeFormulas),
            settings.Columns)
        {
            MakesFolder = !Path.IsPathRooted(settings.Path),
        };
    }
}
