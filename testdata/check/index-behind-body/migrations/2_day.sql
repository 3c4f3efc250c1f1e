SET lock_timeout = '5s';
DO $$ BEGIN DROP INDEX notes_user_id_idx; END $$;
CREATE INDEX CONCURRENTLY notes_user_id_day_idx ON notes (user_id, day);
