-- Up Migration
ALTER TABLE users ADD COLUMN nickname text;
CREATE INDEX CONCURRENTLY users_email_idx ON users (email);

-- Down Migration
ALTER TABLE users DROP COLUMN nickname;
