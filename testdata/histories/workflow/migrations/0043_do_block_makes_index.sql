DO $$ BEGIN CREATE INDEX ON built (rebuilt_at); CREATE UNIQUE INDEX ON built (rebuilt_at, id); END $$;
