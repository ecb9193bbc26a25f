-- Times are unix milliseconds, JSON is text, enums are their numbers. Ids and keys sort by code point, as they do in the host.

CREATE TABLE users (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    user_name TEXT NOT NULL,
    user_name_key TEXT COLLATE "C" NOT NULL UNIQUE,
    external_id TEXT COLLATE "C",
    attributes TEXT NOT NULL,
    service_providers TEXT NOT NULL,
    version BIGINT NOT NULL,
    created BIGINT NOT NULL,
    modified BIGINT NOT NULL
);
CREATE INDEX ix_users_external_id ON users (external_id, id) WHERE external_id IS NOT NULL;

CREATE TABLE groups (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    display_name TEXT NOT NULL,
    display_name_key TEXT COLLATE "C" NOT NULL UNIQUE,
    attributes TEXT NOT NULL,
    service_providers TEXT NOT NULL,
    version BIGINT NOT NULL,
    created BIGINT NOT NULL,
    modified BIGINT NOT NULL
);

CREATE TABLE group_members (
    group_id TEXT COLLATE "C" NOT NULL,
    user_id TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (group_id, user_id)
);
CREATE INDEX ix_group_members_user ON group_members (user_id, group_id);

CREATE TABLE assignments (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    identity_provider TEXT COLLATE "C" NOT NULL,
    resource_type INTEGER NOT NULL,
    resource_id TEXT COLLATE "C" NOT NULL,
    resource_name TEXT NOT NULL,
    resource_name_key TEXT COLLATE "C" NOT NULL,
    service_provider TEXT,
    desired INTEGER NOT NULL,
    desired_attributes TEXT,
    desired_revision BIGINT NOT NULL,
    applied INTEGER NOT NULL,
    applied_attributes TEXT,
    account_id TEXT,
    uncertain BOOLEAN NOT NULL,
    status INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    due_at BIGINT NOT NULL,
    first_failed_at BIGINT,
    last_failure INTEGER,
    last_error TEXT,
    lease_owner TEXT COLLATE "C",
    lease_until BIGINT,
    decision TEXT,
    modified BIGINT NOT NULL,
    -- Losers of access (disabled, absent) have 0 and go first.
    keeps_access INTEGER GENERATED ALWAYS AS (CASE WHEN desired = 0 THEN 1 ELSE 0 END) STORED,
    -- When somebody may claim it: when the lease ends, or when it is due.
    claimable_at BIGINT GENERATED ALWAYS AS (coalesce(lease_until, due_at)) STORED,
    UNIQUE (identity_provider, resource_type, resource_id)
);
-- The queue. Only what is pending is in it, so it stays small however many assignments there are.
CREATE INDEX ix_assignments_queue ON assignments (identity_provider, keeps_access, claimable_at) WHERE status = 0;
CREATE INDEX ix_assignments_lease ON assignments (lease_owner) WHERE lease_owner IS NOT NULL;
CREATE INDEX ix_assignments_resource ON assignments (resource_type, resource_id);
CREATE INDEX ix_assignments_name ON assignments (resource_name_key, id);
CREATE INDEX ix_assignments_status ON assignments (identity_provider, status, id);

CREATE TABLE attempts (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    assignment_id TEXT COLLATE "C" NOT NULL,
    started BIGINT NOT NULL,
    took_ms BIGINT NOT NULL,
    operations TEXT NOT NULL,
    failure INTEGER,
    message TEXT
);
CREATE INDEX ix_attempts_assignment ON attempts (assignment_id, id);

CREATE TABLE settings (
    key TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE audit (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT
);

-- Queue and history change all the time: the planner and the vacuum must keep up.
ALTER TABLE assignments SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE attempts SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
