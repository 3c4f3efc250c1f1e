\ir tables/users.sql
\ir tables/orders.sql
ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users;
