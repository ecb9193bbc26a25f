-- What each service provider said about a user becomes a row of its own. Until now there was one text for all of them, so each begins with that text.
CREATE TABLE registrations (
    user_id TEXT COLLATE "C" NOT NULL,
    service_provider TEXT COLLATE "C" NOT NULL,
    user_name_key TEXT COLLATE "C" NOT NULL,
    external_id TEXT COLLATE "C",
    email_key TEXT COLLATE "C",
    attributes TEXT NOT NULL,
    origin INTEGER NOT NULL,
    version BIGINT NOT NULL,
    created BIGINT NOT NULL,
    modified BIGINT NOT NULL,
    PRIMARY KEY (user_id, service_provider)
);
INSERT INTO registrations (user_id, service_provider, user_name_key, external_id, attributes, origin, version, created, modified)
SELECT u.id, p.value, u.user_name_key, u.external_id, u.attributes, 0, u.version, u.created + p.position - 1, u.modified
FROM users u CROSS JOIN LATERAL jsonb_array_elements_text(u.service_providers::jsonb) WITH ORDINALITY AS p(value, position);
CREATE UNIQUE INDEX ix_registrations_name ON registrations (service_provider, user_name_key);
CREATE INDEX ix_registrations_email ON registrations (email_key, service_provider) WHERE email_key IS NOT NULL;
CREATE INDEX ix_registrations_external_id ON registrations (external_id, service_provider) WHERE external_id IS NOT NULL;

-- By what users are found beside their names and their first e-mail address: 0 a further address, 1 an employee number.
CREATE TABLE registration_values (
    value_key TEXT COLLATE "C" NOT NULL,
    kind INTEGER NOT NULL,
    service_provider TEXT COLLATE "C" NOT NULL,
    user_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (value_key, kind, service_provider, user_id)
);
UPDATE registrations r SET email_key = (SELECT lower(e.value ->> 'value')
    FROM json_array_elements(CASE WHEN json_typeof(r.attributes::json -> 'emails') = 'array' THEN r.attributes::json -> 'emails' ELSE '[]' END) WITH ORDINALITY AS e(value, position)
    WHERE json_typeof(e.value) = 'object' AND e.value ->> 'value' IS NOT NULL ORDER BY e.position LIMIT 1)
WHERE strpos(r.attributes, '\u0000') = 0;
INSERT INTO registration_values (value_key, kind, service_provider, user_id)
SELECT DISTINCT lower(e ->> 'value'), 0, r.service_provider, r.user_id
FROM registrations r CROSS JOIN LATERAL json_array_elements(CASE WHEN json_typeof(r.attributes::json -> 'emails') = 'array' THEN r.attributes::json -> 'emails' ELSE '[]' END) e
WHERE strpos(r.attributes, '\u0000') = 0 AND json_typeof(e) = 'object' AND e ->> 'value' IS NOT NULL AND lower(e ->> 'value') <> r.email_key;
INSERT INTO registration_values (value_key, kind, service_provider, user_id)
SELECT lower(r.attributes::json -> 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User' ->> 'employeeNumber'), 1, r.service_provider, r.user_id
FROM registrations r
WHERE strpos(r.attributes, '\u0000') = 0 AND r.attributes::json -> 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User' ->> 'employeeNumber' IS NOT NULL;

-- A person. Those who are matched by their user name have an empty "apart", and one at a time has a name; others have their id there.
ALTER TABLE users ADD COLUMN apart TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE users ALTER COLUMN apart DROP DEFAULT;
ALTER TABLE users DROP COLUMN attributes, DROP COLUMN service_providers, DROP COLUMN external_id;
ALTER TABLE users DROP CONSTRAINT users_user_name_key_key;
CREATE UNIQUE INDEX ix_users_name ON users (user_name_key, apart);

-- A group belongs to the service provider that made it.
ALTER TABLE groups ADD COLUMN service_provider TEXT COLLATE "C";
UPDATE groups SET service_provider = coalesce(service_providers::jsonb ->> 0, 'resident');
ALTER TABLE groups ALTER COLUMN service_provider SET NOT NULL;
ALTER TABLE groups DROP COLUMN service_providers;
ALTER TABLE groups DROP CONSTRAINT groups_display_name_key_key;
CREATE UNIQUE INDEX ix_groups_name ON groups (display_name_key, service_provider);
CREATE INDEX ix_groups_service_provider ON groups (service_provider, id);
