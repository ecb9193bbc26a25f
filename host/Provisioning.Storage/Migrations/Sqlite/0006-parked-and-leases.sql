-- What waits for somebody to act, at all identity providers together.
CREATE INDEX ix_assignments_parked ON assignments (id) WHERE status = 2;

-- What one host at a time may do.
CREATE TABLE leases (
    name TEXT NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL,
    until INTEGER NOT NULL
) WITHOUT ROWID;
