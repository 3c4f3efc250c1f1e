CREATE TABLE users (id bigint PRIMARY KEY, email text, nick text, age int);
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
