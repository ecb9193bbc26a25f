-- The hosts that share the database.
CREATE TABLE nodes (
    name TEXT NOT NULL PRIMARY KEY,
    started INTEGER NOT NULL,
    version TEXT NOT NULL,
    configuration_revision TEXT NOT NULL,
    policy_revision TEXT NOT NULL,
    heartbeat INTEGER NOT NULL
) WITHOUT ROWID;
