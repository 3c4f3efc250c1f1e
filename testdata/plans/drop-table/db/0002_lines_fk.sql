SET lock_timeout = '2s';
ALTER TABLE log_lines DROP CONSTRAINT log_lines_log_fk;
