---- tern: disable-tx ----
CREATE INDEX CONCURRENTLY users_email_idx ON users (email);

---- create above / drop below ----

---- tern: disable-tx ----
DROP INDEX CONCURRENTLY users_email_idx;
