CREATE TABLE users (id bigint PRIMARY KEY, nick text, state integer);
CREATE INDEX users_state_idx ON users (state);
CREATE INDEX users_nick_idx ON users (nick);
