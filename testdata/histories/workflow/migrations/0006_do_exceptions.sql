DO $$
BEGIN
    CREATE TYPE run_state AS ENUM ('queued', 'running');
EXCEPTION
    WHEN duplicate_object THEN NULL;
END $$;
DO $$
BEGIN
    CREATE TYPE run_state AS ENUM ('other');
EXCEPTION
    WHEN duplicate_object THEN NULL;
END $$;
DO $$
BEGIN
    ALTER TABLE runs ADD COLUMN state run_state DEFAULT 'queued';
    ALTER TABLE runs ADD CONSTRAINT runs_positive CHECK (id > 0);
EXCEPTION
    WHEN duplicate_column THEN RAISE NOTICE 'there';
END $$;
