-- Whose accounts the attributes of an assignment name (a manager): they are made again when such an account comes or goes.
CREATE TABLE account_references (
    assignment_id TEXT COLLATE "C" NOT NULL,
    user_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (assignment_id, user_id)
);
CREATE INDEX ix_account_references_user ON account_references (user_id, assignment_id);

-- Who holds an account: two assignments must never work on the same one.
CREATE INDEX ix_assignments_account ON assignments (identity_provider, resource_type, account_id) WHERE account_id IS NOT NULL;
