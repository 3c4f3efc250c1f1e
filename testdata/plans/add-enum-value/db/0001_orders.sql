CREATE TYPE state AS ENUM ('open', 'paid');
CREATE TABLE orders (id bigint PRIMARY KEY, state state);
