-- The hosts that share the database. Heartbeats are by the server's clock.
CREATE TABLE nodes (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    started BIGINT NOT NULL,
    version TEXT NOT NULL,
    configuration_revision TEXT NOT NULL,
    policy_revision TEXT NOT NULL,
    heartbeat BIGINT NOT NULL
);

-- The last commit of each writing connection: what became of a commit whose answer was lost.
CREATE TABLE writers (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    last_commit BIGINT NOT NULL,
    at TIMESTAMPTZ NOT NULL
) WITH (fillfactor = 10);
