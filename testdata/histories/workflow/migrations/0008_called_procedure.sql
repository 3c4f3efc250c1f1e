CREATE PROCEDURE rebuild() LANGUAGE plpgsql AS $$
BEGIN
    ALTER TABLE built ADD COLUMN rebuilt_at timestamptz;
    COMMIT;
    CREATE INDEX built_rebuilt ON built (rebuilt_at);
END $$;
CALL rebuild();
