-- The second: the old rows are read while everybody works on.
SET lock_timeout = '5s';
ALTER TABLE customers VALIDATE CONSTRAINT customers_phone_present;
