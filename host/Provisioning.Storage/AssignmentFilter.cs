using Provisioning.Core.Ledger;

namespace Provisioning.Storage;

/// <summary>A query as a condition. Only the parts that are asked for are in it, so that each has its index.</summary>
internal sealed record AssignmentFilter(string Where, IReadOnlyList<(string Name, object? Value)> Parameters)
{
    public static AssignmentFilter Of(AssignmentQuery query, SqlDialect dialect)
    {
        List<string> conditions = ["id > @after"];
        List<(string, object?)> parameters = [("@after", query.AfterId ?? "")];
        if (query.Id is not null)
            Add("id = @id", "@id", query.Id);
        if (query.IdentityProvider is not null)
            Add("identity_provider = @provider", "@provider", query.IdentityProvider);
        if (query.Status is { } status)
        {
            // A constant, because there are indexes on a part of the table.
            conditions.Add($"status = {(int)status}");
        }

        if (query.Failure is { } failure)
            Add("last_failure = @failure", "@failure", (int)failure);
        if (query.Error is not null)
            Add(dialect.Contains("last_error", "@error"), "@error", query.Error);
        if (query.FailingSince is { } since)
            Add("coalesce(first_failed_at, modified) <= @since", "@since", since.Ms());
        if (query.ResourceName is not null)
            Add("resource_name_key = @name", "@name", Rows.Key(query.ResourceName));
        return new AssignmentFilter(string.Join(" AND ", conditions), parameters);

        void Add(string condition, string name, object value)
        {
            conditions.Add(condition);
            parameters.Add((name, value));
        }
    }
}
