SET lock_timeout = '2s';
ALTER TABLE ev DROP CONSTRAINT ev_old_range;
