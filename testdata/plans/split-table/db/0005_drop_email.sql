BEGIN;
SET LOCAL lock_timeout = '2s';
LOCK TABLE users, contacts IN ACCESS EXCLUSIVE MODE;
DROP TRIGGER users_to_contacts ON users;
DROP TRIGGER contacts_to_users ON contacts;
DROP FUNCTION users_to_contacts();
DROP FUNCTION contacts_to_users();
ALTER TABLE users DROP COLUMN email;
COMMIT;
