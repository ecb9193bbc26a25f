-- How each identity provider is: open, or left alone until a moment or until somebody acts.
CREATE TABLE targets (
    identity_provider TEXT NOT NULL PRIMARY KEY,
    condition INTEGER NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    reason TEXT,
    times INTEGER NOT NULL
) WITHOUT ROWID;
