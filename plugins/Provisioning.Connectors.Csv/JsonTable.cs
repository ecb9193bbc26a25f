namespace Provisioning.Connectors.Csv;

/// <summary>The objects of a file of JSON lines.</summary>
internal sealed class JsonTable : AccountTable<JsonRow>
{
    /// <inheritdoc />
    public override void CheckWritable(JsonRow row)
    {
        if (!row.IsValidText)
            throw new ConnectorException(FailureKind.Rejected, "a value is not valid Unicode text");
    }
}
