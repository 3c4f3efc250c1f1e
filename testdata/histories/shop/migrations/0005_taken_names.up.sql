CREATE TABLE carts_id_seq (x int);
CREATE TABLE carts_pkey (x int);
CREATE SEQUENCE carts_code_key;
CREATE TABLE carts (id serial PRIMARY KEY, code text UNIQUE, CHECK (id > 0), CONSTRAINT carts_id_check1 CHECK (id < 1000), CHECK (id <> 7));
