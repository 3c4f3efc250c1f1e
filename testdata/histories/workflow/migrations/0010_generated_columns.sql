CREATE TABLE files (path text PRIMARY KEY, size bigint, kb numeric GENERATED ALWAYS AS (size / 1024.0) STORED, upper_path text GENERATED ALWAYS AS (upper(path)) STORED UNIQUE);
CREATE INDEX ON files (kb DESC NULLS FIRST, upper_path ASC NULLS FIRST);
ALTER TABLE files RENAME COLUMN size TO bytes;
ALTER TABLE files DROP COLUMN bytes CASCADE;
