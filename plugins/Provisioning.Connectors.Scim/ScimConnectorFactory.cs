namespace Provisioning.Connectors.Scim;

/// <summary>Makes connectors to SCIM 2.0 targets.</summary>
public sealed class ScimConnectorFactory : ConnectorFactory<ScimSettings>
{
    private const string MediaType = "application/scim+json";

    /// <inheritdoc />
    public override string Name => "scim2";

    /// <inheritdoc />
    protected override IConnector Create(ScimSettings settings, ConnectorContext context)
    {
        var switches = Dialects.Resolve(settings.Dialect, settings.Switches);
        var problems = Problems(switches).ToList();
        if (problems.Count > 0)
            throw new ConnectorException(FailureKind.Misconfigured, string.Join("; ", problems));
        return new ScimConnector(switches, ScimTransport.Create(settings, switches.ContentType ?? MediaType, context), context.Time);
    }

    private static IEnumerable<string> Problems(DialectSwitches switches)
    {
        if (switches.MemberBatch < 1 || switches.PageSize < 1)
            yield return "memberBatch and pageSize must be at least 1";
        foreach (var (name, value, known) in (IEnumerable<(string, string?, string[])>)
            [
                ("update", switches.Update, ["path", "pathless", "dotted", "put"]),
                ("groupUpdate", switches.GroupUpdate, ["path", "pathless", "dotted", "put"]),
                ("removeMembers", switches.RemoveMembers, ["filter", "value", "replace"]),
                ("membersFrom", switches.MembersFrom, ["group", "users", "none"]),
                ("removal", switches.Removal, ["remove", "null", "empty", "omit"]),
                ("passwordOnCreate", switches.PasswordOnCreate, ["none", "random"]),
                ("paging", switches.Paging, ["index", "cursor"]),
            ])
        {
            if (value is not null && !known.Contains(value))
                yield return $"{name} is '{value}'; it can be '{string.Join("', '", known)}'";
        }
    }
}
