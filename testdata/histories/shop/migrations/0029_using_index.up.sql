CREATE UNIQUE INDEX carts_new_pkey ON carts (id);
CREATE UNIQUE INDEX carts_code_unique ON carts (code);
ALTER TABLE carts DROP CONSTRAINT carts_pkey1, ADD CONSTRAINT carts_primary PRIMARY KEY USING INDEX carts_new_pkey;
ALTER TABLE carts ADD UNIQUE USING INDEX carts_code_unique;
