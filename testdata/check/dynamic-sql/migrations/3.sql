-- What may be anything.
DO $$
DECLARE
    name text = current_setting('app.name');
    query text;
BEGIN
    EXECUTE 'DELETE FROM ' || name;
    EXECUTE 'ALTER TABLE users RENAME TO ' || name;
    EXECUTE 'GRANT ' || name || ' ON users TO admin';
    EXECUTE 'GRANT SELECT ON users, ' || name || ' TO admin';
    EXECUTE 'SET search_path TO ' || name;
    EXECUTE format('DROP TABLE %I', name);
    EXECUTE format('UPDATE users SET email = %L', name);
    EXECUTE format('DROP TABLE %2$I', 'a', 'b');
    EXECUTE query;
    EXECUTE 'DROP TABLE users' || lower(name);
END $$;
