-- Texts that are known, and places that only a role can stand in.
DO $$
DECLARE
    reader text = current_setting('app.reader');
    writer text = current_setting('app.writer');
BEGIN
    EXECUTE 'CREATE ROLE ' || reader || ' NOLOGIN';
    EXECUTE 'GRANT ' || reader || ' TO ' || writer;
    EXECUTE 'GRANT SELECT ON users TO ' || reader || ', ' || writer;
    EXECUTE format('REVOKE ALL ON users FROM %I', writer);
    EXECUTE format('ALTER TABLE users OWNER TO %I', writer);
    EXECUTE 'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO ' || reader;
    EXECUTE 'COMMENT ON TABLE users IS ''whose''';
    EXECUTE 'ALTER TABLE users ' || 'ADD COLUMN age int';
    EXECUTE format('ALTER TABLE %I ALTER COLUMN id TYPE %s', 'Odd', 'int');
    EXECUTE format('CREATE INDEX ON users (email) WHERE email <> %L', 'it''s');
END $$;
