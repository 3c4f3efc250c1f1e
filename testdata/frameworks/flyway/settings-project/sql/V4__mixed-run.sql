SET lock_timeout = 0;
CREATE INDEX CONCURRENTLY other_idx ON accounts (id, email);
