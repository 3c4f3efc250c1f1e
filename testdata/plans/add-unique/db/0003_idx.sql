CREATE UNIQUE INDEX CONCURRENTLY users_name_key ON users (name);
