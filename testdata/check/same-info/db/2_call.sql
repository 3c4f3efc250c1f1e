CALL archive();
DO $$ BEGIN EXECUTE format('DROP TABLE %I', current_setting('app.oldest')); END $$;
