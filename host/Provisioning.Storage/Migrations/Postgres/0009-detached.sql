-- What a detached assignment was before its identity provider left the configuration; it is that again when the identity provider comes back.
ALTER TABLE assignments ADD COLUMN detached_from INTEGER;
