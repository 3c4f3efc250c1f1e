ALTER TABLE events ADD COLUMN customer_id bigint REFERENCES customers ON DELETE CASCADE;
ALTER TABLE events ADD COLUMN source text NOT NULL DEFAULT 'web' CHECK (source <> '');
CREATE INDEX events_source ON events (source) WHERE source <> 'web';
CREATE UNIQUE INDEX events_unique ON events (id, at, kind);
ALTER TABLE events ADD CONSTRAINT events_kind_known CHECK (kind IS NOT NULL) NOT VALID;
ALTER TABLE events ALTER COLUMN kind TYPE varchar(40);
