namespace Provisioning.Storage;

/// <summary>What SQLite and PostgreSQL say differently. All other SQL is the same text on both.</summary>
internal abstract class SqlDialect
{
    /// <summary>The folder of its migrations.</summary>
    public abstract string Name { get; }

    /// <summary>Ends a SELECT whose rows are about to be changed: no other transaction may change them in between.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>Ends a SELECT that takes what nobody else is taking at the moment.</summary>
    public abstract string SkipLocked { get; }

    /// <summary>True if transactions overlap, and rows have to be locked where they depend on each other.</summary>
    public abstract bool LocksRows { get; }

    /// <summary>Waits until no other transaction has locked the text in <c>@name</c>, and locks it until the commit; null where one writes at a time.</summary>
    public abstract string? LockName { get; }

    /// <summary>A join in which the left side is looked up in the right one, row by row.</summary>
    public abstract string LookUp { get; }

    /// <summary>The members of a row of <c>groups</c> as a JSON array of user ids in their order.</summary>
    public abstract string Names(string column, string order, string from);

    /// <summary>The moment in unix milliseconds: the server's, where several hosts with their own clocks meet; else the parameter <c>@now</c>.</summary>
    public abstract string Now { get; }

    /// <summary>True if statements are to be prepared by us, and not by the driver.</summary>
    public abstract bool Prepares { get; }

    /// <summary>How long a script may take; a migration, or the wait for another host's, may take long. 0 for ever.</summary>
    public abstract int ScriptSeconds { get; }

    /// <summary>The elements of a parameter that is a JSON array of strings, as rows (value, key).</summary>
    public abstract string Elements(string parameter);

    /// <summary>A condition: the text in the column has the parameter's text in it.</summary>
    public abstract string Contains(string column, string parameter);

    /// <summary>Begins a transaction that is going to write.</summary>
    public abstract string Begin { get; }
}
