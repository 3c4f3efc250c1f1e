CREATE INDEX users_name_idx ON users (name);
CREATE TABLE orders (id integer PRIMARY KEY);
