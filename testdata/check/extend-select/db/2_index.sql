CREATE INDEX users_email_idx ON users (email);
CREATE TABLE orders (id serial);
