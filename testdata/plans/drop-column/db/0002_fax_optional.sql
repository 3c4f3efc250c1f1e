SET lock_timeout = '2s';
ALTER TABLE users ALTER COLUMN fax DROP NOT NULL;
