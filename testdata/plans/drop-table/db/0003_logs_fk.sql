SET lock_timeout = '2s';
ALTER TABLE logs DROP CONSTRAINT logs_user_fk;
