-- Assignments that are over: whose user may be gone, and which are forgotten after a time.
CREATE INDEX ix_assignments_over ON assignments (modified) WHERE status = 1 AND desired = 2 AND account_id IS NULL;
