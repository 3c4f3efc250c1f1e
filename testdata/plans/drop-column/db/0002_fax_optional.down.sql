SET lock_timeout = '2s';
ALTER TABLE users ADD CONSTRAINT users_fax_given CHECK (fax IS NOT NULL) NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT users_fax_given;
ALTER TABLE users ALTER COLUMN fax SET NOT NULL;
ALTER TABLE users DROP CONSTRAINT users_fax_given;
