CREATE TABLE users (id bigint PRIMARY KEY, email text, name text);
CREATE INDEX users_name ON users (name);
CREATE TABLE acts (id bigint PRIMARY KEY, user_id bigint, created_at timestamptz);
CREATE INDEX acts_user_id ON acts (user_id);
