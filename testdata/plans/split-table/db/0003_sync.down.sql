SET lock_timeout = '2s';
DROP TRIGGER contacts_to_users ON contacts;
DROP TRIGGER users_to_contacts ON users;
DROP FUNCTION contacts_to_users();
DROP FUNCTION users_to_contacts();
