-- Safe: a wider varchar keeps the table and its indexes.
SET lock_timeout = '5s';
ALTER TABLE customers ALTER COLUMN email TYPE varchar(255);
