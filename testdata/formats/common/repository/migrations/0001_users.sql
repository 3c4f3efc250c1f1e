CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE TABLE plans (id bigint PRIMARY KEY);
