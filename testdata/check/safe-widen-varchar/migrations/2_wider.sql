SET lock_timeout = '5s';
ALTER TABLE customers ALTER COLUMN email TYPE varchar(320);
ALTER TABLE customers ALTER COLUMN email TYPE text;
ANALYZE customers (email);
