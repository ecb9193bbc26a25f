-- Times are unix milliseconds, JSON is text, enums are their numbers.

CREATE TABLE users (
    id TEXT NOT NULL PRIMARY KEY,
    user_name TEXT NOT NULL,
    user_name_key TEXT NOT NULL UNIQUE,
    external_id TEXT,
    attributes TEXT NOT NULL,
    service_providers TEXT NOT NULL,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    modified INTEGER NOT NULL
);
CREATE INDEX ix_users_external_id ON users (external_id, id) WHERE external_id IS NOT NULL;

CREATE TABLE groups (
    id TEXT NOT NULL PRIMARY KEY,
    display_name TEXT NOT NULL,
    display_name_key TEXT NOT NULL UNIQUE,
    attributes TEXT NOT NULL,
    service_providers TEXT NOT NULL,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    modified INTEGER NOT NULL
);

CREATE TABLE group_members (
    group_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (group_id, user_id)
) WITHOUT ROWID;
CREATE INDEX ix_group_members_user ON group_members (user_id, group_id);

CREATE TABLE assignments (
    id TEXT NOT NULL PRIMARY KEY,
    identity_provider TEXT NOT NULL,
    resource_type INTEGER NOT NULL,
    resource_id TEXT NOT NULL,
    resource_name TEXT NOT NULL,
    resource_name_key TEXT NOT NULL,
    service_provider TEXT,
    desired INTEGER NOT NULL,
    desired_attributes TEXT,
    desired_revision INTEGER NOT NULL,
    applied INTEGER NOT NULL,
    applied_attributes TEXT,
    account_id TEXT,
    uncertain INTEGER NOT NULL,
    status INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    first_failed_at INTEGER,
    last_failure INTEGER,
    last_error TEXT,
    lease_owner TEXT,
    lease_until INTEGER,
    decision TEXT,
    modified INTEGER NOT NULL,
    -- Losers of access (disabled, absent) have 0 and go first.
    keeps_access INTEGER GENERATED ALWAYS AS (desired = 0) VIRTUAL,
    -- When somebody may claim it: when the lease ends, or when it is due.
    claimable_at INTEGER GENERATED ALWAYS AS (coalesce(lease_until, due_at)) VIRTUAL,
    UNIQUE (identity_provider, resource_type, resource_id)
);
-- The queue. Only what is pending is in it, so it stays small however many assignments there are.
CREATE INDEX ix_assignments_queue ON assignments (identity_provider, keeps_access, claimable_at) WHERE status = 0;
CREATE INDEX ix_assignments_lease ON assignments (lease_owner) WHERE lease_owner IS NOT NULL;
CREATE INDEX ix_assignments_resource ON assignments (resource_type, resource_id);
CREATE INDEX ix_assignments_name ON assignments (resource_name_key, id);
CREATE INDEX ix_assignments_status ON assignments (identity_provider, status, id);

CREATE TABLE attempts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    assignment_id TEXT NOT NULL,
    started INTEGER NOT NULL,
    took_ms INTEGER NOT NULL,
    operations TEXT NOT NULL,
    failure INTEGER,
    message TEXT
);
CREATE INDEX ix_attempts_assignment ON attempts (assignment_id, id);

CREATE TABLE settings (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT
);
