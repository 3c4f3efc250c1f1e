BEGIN;
SET LOCAL lock_timeout = '2s';
DROP TRIGGER users_email_sync ON users;
DROP FUNCTION users_email_sync();
ALTER TABLE users DROP COLUMN email;
COMMIT;
