-- A group may contain groups. Whoever is in one of them is a member of the group that contains it too: such a membership is inherited.
ALTER TABLE group_members ALTER COLUMN position TYPE BIGINT;
ALTER TABLE group_members ADD COLUMN inherited BOOLEAN NOT NULL DEFAULT FALSE;
CREATE TABLE nested_groups (
    group_id TEXT COLLATE "C" NOT NULL,
    member_id TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (group_id, member_id)
);
CREATE INDEX ix_nested_groups_member ON nested_groups (member_id, group_id);
