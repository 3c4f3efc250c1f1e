ALTER TABLE countries ALTER COLUMN name SET NOT NULL;
UPDATE user_kinds SET kind = lower(kind);
CREATE INDEX CONCURRENTLY users_name_idx ON users (name);
