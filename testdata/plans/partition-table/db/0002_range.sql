SET lock_timeout = '2s';
ALTER TABLE ev ADD CONSTRAINT ev_old_range CHECK (at >= '-infinity' AND at < '2100-01-01') NOT VALID;
