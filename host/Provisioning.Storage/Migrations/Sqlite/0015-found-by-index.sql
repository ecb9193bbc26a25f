-- Users are found by their display names, and those who changed since a moment, as applications ask for them. The keys are filled by the host.
ALTER TABLE registrations ADD COLUMN display_name_key TEXT;
CREATE INDEX ix_registrations_display_name ON registrations (display_name_key, service_provider) WHERE display_name_key IS NOT NULL;
CREATE INDEX ix_registrations_modified ON registrations (service_provider, modified, user_id);
