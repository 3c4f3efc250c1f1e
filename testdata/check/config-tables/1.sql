CREATE TABLE countries (id bigint PRIMARY KEY, name text);
CREATE TABLE user_kinds (id bigint, kind text);
CREATE TABLE users (id bigint PRIMARY KEY, name text);
