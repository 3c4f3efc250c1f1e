SET lock_timeout = '2s';
ALTER TABLE ev_old DROP CONSTRAINT ev_old_range;
