SET lock_timeout = '5s';
CREATE INDEX CONCURRENTLY users_nickname_idx ON users (nickname);
