-- A group may contain groups. Whoever is in one of them is a member of the group that contains it too: such a membership is inherited.
ALTER TABLE group_members ADD COLUMN inherited INTEGER NOT NULL DEFAULT 0;
CREATE TABLE nested_groups (
    group_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (group_id, member_id)
) WITHOUT ROWID;
CREATE INDEX ix_nested_groups_member ON nested_groups (member_id, group_id);
