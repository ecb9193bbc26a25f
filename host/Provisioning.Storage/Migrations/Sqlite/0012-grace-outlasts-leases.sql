-- An assignment can be claimed when it is due and no lease on it is alive: a grace period outlasts the lease of an attempt.
DROP INDEX ix_assignments_queue;
ALTER TABLE assignments DROP COLUMN claimable_at;
ALTER TABLE assignments ADD COLUMN claimable_at INTEGER GENERATED ALWAYS AS (max(coalesce(lease_until, due_at), due_at)) VIRTUAL;
CREATE INDEX ix_assignments_queue ON assignments (identity_provider, keeps_access, claimable_at) WHERE status = 0;
