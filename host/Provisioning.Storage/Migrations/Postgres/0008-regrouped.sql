-- Whose memberships changed and about whom nobody decided since: the version that came with the change.
ALTER TABLE users ADD COLUMN regrouped BIGINT;
CREATE INDEX ix_users_regrouped ON users (id) WHERE regrouped IS NOT NULL;
