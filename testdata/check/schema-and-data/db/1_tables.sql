CREATE TABLE users (id bigint PRIMARY KEY, plan text);
CREATE TABLE posts (id bigint PRIMARY KEY);
