-- What was written in prose and in parts of texts becomes columns.

-- A lease has a host and a token of its own.
ALTER TABLE assignments RENAME COLUMN lease_owner TO lease_token;
ALTER TABLE assignments ADD COLUMN lease_node TEXT COLLATE "C";
UPDATE assignments SET lease_node = CASE WHEN length(lease_token) > 33 THEN left(lease_token, -33) ELSE '' END
WHERE lease_token IS NOT NULL;
CREATE INDEX ix_assignments_lease_node ON assignments (lease_node) WHERE lease_node IS NOT NULL;
DROP INDEX ix_assignments_lease;

-- What the decision says about the account.
ALTER TABLE assignments ADD COLUMN assigned BOOLEAN;
UPDATE assignments SET assigned = CASE WHEN decision LIKE '{"assigned":true%' THEN TRUE WHEN decision LIKE '{"assigned":false%' THEN FALSE END;

-- Why it is parked, and why somebody discarded it.
ALTER TABLE assignments ADD COLUMN parked_because INTEGER;
UPDATE assignments SET parked_because = CASE
    WHEN last_failure IS NULL THEN 3
    WHEN last_failure = 6 AND attempts = 0 THEN 2
    WHEN last_failure = 6 THEN 0
    ELSE 1 END
WHERE coalesce(CASE status WHEN 3 THEN detached_from ELSE status END, 0) IN (2, 4);
ALTER TABLE assignments ADD COLUMN discard_reason TEXT;
UPDATE assignments SET
    discard_reason = substr(last_error, 12, strpos(last_error, '; it was parked because: ') - 12),
    last_error = substr(last_error, strpos(last_error, '; it was parked because: ') + 25)
WHERE last_error LIKE 'discarded: %' AND strpos(last_error, '; it was parked because: ') > 12
    AND coalesce(CASE status WHEN 3 THEN detached_from ELSE status END, 0) = 4;

-- A second account that an attempt made by mistake is an assignment of its own.
ALTER TABLE assignments ADD COLUMN stray_of TEXT COLLATE "C";

-- The account was adopted, or taken over from a leaver, and does not carry the marker of this assignment yet.
ALTER TABLE assignments ADD COLUMN unmarked BOOLEAN NOT NULL DEFAULT FALSE;

-- Creates whose answers were never heard: the target may carry them out late, and then an account is there that nobody knows.
CREATE TABLE unheard_creates (
    assignment_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    identity_provider TEXT COLLATE "C" NOT NULL,
    since BIGINT NOT NULL,
    looks INTEGER NOT NULL,
    look_at BIGINT NOT NULL
);
CREATE INDEX ix_unheard_creates_due ON unheard_creates (look_at);

-- A withdrawal that waits for approval, because one service provider took too many accounts away within a short time.
ALTER TABLE assignments ADD COLUMN held BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX ix_assignments_held ON assignments (identity_provider, id) WHERE held;

-- How many accounts each service provider took away, by the minute.
CREATE TABLE withdrawals (
    identity_provider TEXT COLLATE "C" NOT NULL,
    service_provider TEXT COLLATE "C" NOT NULL,
    minute BIGINT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (identity_provider, service_provider, minute)
);
