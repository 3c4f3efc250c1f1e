SET lock_timeout = '2s';
ALTER TABLE users ALTER COLUMN fax SET NOT NULL;
