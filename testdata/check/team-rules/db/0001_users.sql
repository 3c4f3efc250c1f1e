-- OPS-1: people
CREATE SCHEMA people;
CREATE TABLE people.users (
  id bigint PRIMARY KEY,
  email text NOT NULL,
  created_at timestamptz NOT NULL
);
COMMENT ON TABLE people.users IS 'who can log in';
