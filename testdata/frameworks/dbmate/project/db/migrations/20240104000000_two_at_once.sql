-- migrate:up transaction:false
SET lock_timeout = '5s';
CREATE INDEX CONCURRENTLY users_nickname_idx ON users (nickname);

-- migrate:down
DROP INDEX users_nickname_idx;
