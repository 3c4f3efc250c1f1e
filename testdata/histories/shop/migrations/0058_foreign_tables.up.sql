CREATE EXTENSION postgres_fdw;
CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw;
CREATE FOREIGN TABLE far_orders (id int OPTIONS (column_name 'nr') NOT NULL, total numeric(9, 2) DEFAULT 0, CHECK (total > 0)) SERVER far;
ALTER FOREIGN TABLE far_orders ADD COLUMN at date, ALTER COLUMN total TYPE numeric(11, 2), ALTER at SET NOT NULL;
