CREATE TABLE seats (name text);
CREATE TABLE users (id bigint PRIMARY KEY);
