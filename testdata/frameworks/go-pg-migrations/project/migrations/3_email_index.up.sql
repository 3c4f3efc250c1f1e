SET lock_timeout = 0;
--gopg:split
CREATE INDEX CONCURRENTLY users_email_idx ON users (email);
--gopg:split
ALTER TABLE users ADD COLUMN note text;
CREATE INDEX CONCURRENTLY users_note_idx ON users (note);
