-- When to decide again about a user because time has passed.
ALTER TABLE users ADD COLUMN decide_at BIGINT;
CREATE INDEX ix_users_decide_at ON users (decide_at, id) WHERE decide_at IS NOT NULL;
-- Everybody is planned once more, so that this is known of all of them.
DELETE FROM settings WHERE key IN ('planned-revision', 'replan-progress');
