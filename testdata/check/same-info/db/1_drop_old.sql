DO $$ BEGIN EXECUTE format('DROP TABLE %I', current_setting('app.old')); END $$;
DO $$ BEGIN EXECUTE format('DROP TABLE %I', current_setting('app.older')); END $$;
