CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, name text, fax text NOT NULL);
CREATE INDEX users_fax ON users (fax);
