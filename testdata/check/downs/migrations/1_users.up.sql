CREATE TABLE users (id bigint PRIMARY KEY, nick text, email text);
CREATE INDEX users_nick ON users (nick);
