-- How each identity provider is: open, or left alone until a moment or until somebody acts.
CREATE TABLE targets (
    identity_provider TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    condition INTEGER NOT NULL,
    since BIGINT NOT NULL,
    until BIGINT,
    reason TEXT,
    times INTEGER NOT NULL
);

-- The next free start of an operation at a target, in microseconds. Not worth a flush of the disk.
CREATE UNLOGGED TABLE paces (
    key TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    next_start BIGINT NOT NULL
) WITH (fillfactor = 10);
