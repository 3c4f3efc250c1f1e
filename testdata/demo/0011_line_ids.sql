-- integer to bigint writes the table anew, and the sequence behind it stays integer.
SET lock_timeout = '5s';
ALTER TABLE order_lines ALTER COLUMN id TYPE bigint;
