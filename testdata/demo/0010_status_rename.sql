-- The running app still reads state and name.
ALTER TABLE orders DROP COLUMN state CASCADE;
ALTER TABLE customers RENAME COLUMN name TO full_name;
ALTER TABLE customers ADD COLUMN nickname text;
