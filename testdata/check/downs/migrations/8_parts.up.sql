DO $$ BEGIN EXECUTE current_setting('app.first_part'); END $$;
DO $$ BEGIN EXECUTE current_setting('app.second_part'); END $$;
