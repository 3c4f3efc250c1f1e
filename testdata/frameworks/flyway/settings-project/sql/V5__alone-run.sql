SET lock_timeout = 0;
CREATE INDEX CONCURRENTLY another_idx ON accounts (email, id);
COMMENT ON TABLE accounts IS 'kept as #[table] by #[owner]';
