CREATE TABLE people.orders (
  id bigint PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES people.users (id),
  details json NOT NULL
);
CREATE INDEX idx_orders_user ON people.orders (user_id);
GRANT SELECT ON people.orders TO PUBLIC;
