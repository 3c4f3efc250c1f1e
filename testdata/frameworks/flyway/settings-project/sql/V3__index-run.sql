SET lock_timeout = '5s';
CREATE INDEX email_idx ON #[flyway:defaultSchema].#[TABLE] (email);
GRANT SELECT ON accounts TO #[owner];
GRANT SELECT ON accounts TO #[secret];
DO $$
BEGIN
    ALTER TABLE #[table] ALTER COLUMN email TYPE integer USING length(email);
END $$;
