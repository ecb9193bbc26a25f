-- Comparisons of targets with the ledger, and what they found.
CREATE TABLE reconciliations (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    identity_provider TEXT COLLATE "C" NOT NULL,
    mode INTEGER NOT NULL,
    forced BOOLEAN NOT NULL,
    requested_by TEXT NOT NULL,
    requested BIGINT NOT NULL,
    state INTEGER NOT NULL,
    owner TEXT,
    started BIGINT,
    finished BIGINT,
    listed BIGINT NOT NULL DEFAULT 0,
    in_motion BIGINT NOT NULL DEFAULT 0,
    acted BIGINT NOT NULL DEFAULT 0,
    missing BIGINT NOT NULL DEFAULT 0,
    different BIGINT NOT NULL DEFAULT 0,
    disabled BIGINT NOT NULL DEFAULT 0,
    enabled BIGINT NOT NULL DEFAULT 0,
    orphans BIGINT NOT NULL DEFAULT 0,
    unmatched BIGINT NOT NULL DEFAULT 0,
    adoptable BIGINT NOT NULL DEFAULT 0,
    problem TEXT
);
CREATE INDEX ix_reconciliations_provider ON reconciliations (identity_provider, id);
-- One at a time.
CREATE UNIQUE INDEX ix_reconciliations_unfinished ON reconciliations (identity_provider) WHERE state IN (0, 1);

CREATE TABLE reconciliation_findings (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id TEXT COLLATE "C" NOT NULL,
    kind INTEGER NOT NULL,
    resource_type INTEGER NOT NULL,
    assignment_id TEXT COLLATE "C",
    resource_name TEXT,
    account_id TEXT,
    attribute TEXT,
    ours TEXT,
    theirs TEXT,
    detail TEXT,
    step INTEGER NOT NULL
);
CREATE INDEX ix_reconciliation_findings_run ON reconciliation_findings (run_id, id);
CREATE INDEX ix_reconciliation_findings_assignment ON reconciliation_findings (run_id, assignment_id) WHERE assignment_id IS NOT NULL;

-- What a run has seen so far; emptied when it is over.
CREATE TABLE reconciliation_seen (
    run_id TEXT COLLATE "C" NOT NULL,
    resource_type INTEGER NOT NULL,
    account_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (run_id, resource_type, account_id)
);
