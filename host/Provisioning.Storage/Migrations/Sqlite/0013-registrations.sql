-- What each service provider said about a user becomes a row of its own. Until now there was one text for all of them, so each begins with that text.
CREATE TABLE registrations (
    user_id TEXT NOT NULL,
    service_provider TEXT NOT NULL,
    user_name_key TEXT NOT NULL,
    external_id TEXT,
    email_key TEXT,
    attributes TEXT NOT NULL,
    origin INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    PRIMARY KEY (user_id, service_provider)
) WITHOUT ROWID;
INSERT INTO registrations (user_id, service_provider, user_name_key, external_id, attributes, origin, version, created, modified)
SELECT u.id, p.value, u.user_name_key, u.external_id, u.attributes, 0, u.version, u.created + p.key, u.modified
FROM users u JOIN json_each(u.service_providers) p;
CREATE UNIQUE INDEX ix_registrations_name ON registrations (service_provider, user_name_key);
CREATE INDEX ix_registrations_email ON registrations (email_key, service_provider) WHERE email_key IS NOT NULL;
CREATE INDEX ix_registrations_external_id ON registrations (external_id, service_provider) WHERE external_id IS NOT NULL;

-- By what users are found beside their names and their first e-mail address: 0 a further address, 1 an employee number.
CREATE TABLE registration_values (
    value_key TEXT NOT NULL,
    kind INTEGER NOT NULL,
    service_provider TEXT NOT NULL,
    user_id TEXT NOT NULL,
    PRIMARY KEY (value_key, kind, service_provider, user_id)
) WITHOUT ROWID;
UPDATE registrations SET email_key = (SELECT lower(e.value ->> '$.value') FROM json_each(registrations.attributes, '$.emails') e
    WHERE e.type = 'object' AND e.value ->> '$.value' IS NOT NULL ORDER BY e.key LIMIT 1);
INSERT INTO registration_values (value_key, kind, service_provider, user_id)
SELECT DISTINCT lower(e.value ->> '$.value'), 0, r.service_provider, r.user_id
FROM registrations r JOIN json_each(r.attributes, '$.emails') e
WHERE e.type = 'object' AND e.value ->> '$.value' IS NOT NULL AND lower(e.value ->> '$.value') <> r.email_key;
INSERT INTO registration_values (value_key, kind, service_provider, user_id)
SELECT lower(attributes ->> '$."urn:ietf:params:scim:schemas:extension:enterprise:2.0:User".employeeNumber'), 1, service_provider, user_id
FROM registrations WHERE attributes ->> '$."urn:ietf:params:scim:schemas:extension:enterprise:2.0:User".employeeNumber' IS NOT NULL;

-- A person. Those who are matched by their user name have an empty "apart", and one at a time has a name; others have their id there.
CREATE TABLE people (
    id TEXT NOT NULL PRIMARY KEY,
    user_name TEXT NOT NULL,
    user_name_key TEXT NOT NULL,
    apart TEXT NOT NULL,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    regrouped INTEGER,
    decide_at INTEGER,
    UNIQUE (user_name_key, apart)
) WITHOUT ROWID;
INSERT INTO people (id, user_name, user_name_key, apart, version, created, modified, regrouped, decide_at)
SELECT id, user_name, user_name_key, '', version, created, modified, regrouped, decide_at FROM users;
DROP TABLE users;
ALTER TABLE people RENAME TO users;
CREATE INDEX ix_users_regrouped ON users (id) WHERE regrouped IS NOT NULL;
CREATE INDEX ix_users_decide_at ON users (decide_at, id) WHERE decide_at IS NOT NULL;

-- A group belongs to the service provider that made it.
CREATE TABLE owned_groups (
    id TEXT NOT NULL PRIMARY KEY,
    service_provider TEXT NOT NULL,
    display_name TEXT NOT NULL,
    display_name_key TEXT NOT NULL,
    attributes TEXT NOT NULL,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    UNIQUE (display_name_key, service_provider)
);
INSERT INTO owned_groups (id, service_provider, display_name, display_name_key, attributes, version, created, modified)
SELECT id, coalesce(json_extract(service_providers, '$[0]'), 'resident'), display_name, display_name_key, attributes, version, created, modified FROM groups;
DROP TABLE groups;
ALTER TABLE owned_groups RENAME TO groups;
CREATE INDEX ix_groups_service_provider ON groups (service_provider, id);
